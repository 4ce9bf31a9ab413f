/* Starts Border POS on Windows: loads the Python in lib and runs lib\start.pyc with the arguments given.
   Built twice: with a console for commands, and without one for the window. */
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

#define LONGEST 32768 /* a path of Windows, with its end */

typedef int (*py_main)(int, wchar_t **);

static int fail(const wchar_t *what, const wchar_t *where) {
    static wchar_t text[LONGEST + 200];
    _snwprintf(text, LONGEST + 199, L"Border POS cannot start: %ls\n%ls", what, where);
#ifdef WINDOW
    MessageBoxW(NULL, text, L"Border POS", MB_ICONERROR);
#else
    fwprintf(stderr, L"%ls\n", text);
#endif
    return 4; /* trouble in the environment, as everywhere in the program */
}

int wmain(int given, wchar_t **arguments) {
    static wchar_t home[LONGEST], library[LONGEST], start[LONGEST];
    DWORD length = GetModuleFileNameW(NULL, home, LONGEST);
    if (length == 0 || length >= LONGEST - 40)
        return fail(L"its folder has no name that can be used.", L"");
    wchar_t *end = wcsrchr(home, L'\\');
    if (end == NULL)
        return fail(L"its folder has no name that can be used.", home);
    *end = 0;
    _snwprintf(library, LONGEST, L"%ls\\lib\\python313.dll", home);
    _snwprintf(start, LONGEST, L"%ls\\lib\\start.pyc", home);
    HMODULE python = LoadLibraryExW(library, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    if (python == NULL)
        return fail(L"this file is missing or damaged. Install it again.", library);
    py_main run = (py_main)(void *)GetProcAddress(python, "Py_Main");
    if (run == NULL)
        return fail(L"this file is missing or damaged. Install it again.", library);
    wchar_t **with_start = calloc((size_t)given + 5, sizeof *with_start);
    if (with_start == NULL)
        return fail(L"there is no memory left.", L"");
    int count = 0;
    with_start[count++] = given > 0 ? arguments[0] : L"border-pos";
    with_start[count++] = L"-X";
    with_start[count++] = L"utf8"; /* whatever the code page of the country is */
    with_start[count++] = start;
    for (int at = 1; at < given; at++)
        with_start[count++] = arguments[at];
    return run(count, with_start);
}
