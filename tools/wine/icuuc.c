/* A stand-in for icuuc.dll, a part of Windows since 10 1903 that Wine 10 lacks. Qt looks for its converters there.
   Each function fails; Qt then takes those of its own. For the trial under Wine alone: a shop's Windows has the real one. */
#define STAND_IN __declspec(dllexport)
#define FAILS(name) STAND_IN void *name(void) { return 0; }

STAND_IN void *ucnv_open(const char *name, int *status) {
    (void)name;
    *status = 2; /* U_MISSING_RESOURCE_ERROR, of unicode/utypes.h */
    return 0;
}

FAILS(ucnv_close)
FAILS(UCNV_FROM_U_CALLBACK_SUBSTITUTE)
FAILS(UCNV_TO_U_CALLBACK_SUBSTITUTE)
FAILS(ucnv_reset)
FAILS(ucnv_getMaxCharSize)
FAILS(ucnv_getName)
FAILS(ucnv_getToUCallBack)
FAILS(ucnv_getFromUCallBack)
FAILS(ucnv_setToUCallBack)
FAILS(ucnv_setFromUCallBack)
FAILS(ucnv_cbToUWriteUChars)
FAILS(ucnv_toUnicode)
FAILS(ucnv_cbFromUWriteUChars)
FAILS(ucnv_toUCountPending)
FAILS(ucnv_fromUCountPending)
FAILS(ucnv_getStandardName)
FAILS(ucnv_getAvailableName)
FAILS(ucnv_countAvailable)
FAILS(ucnv_fromUnicode)
