; The installer of Border POS: for this user without rights, or for all users of the computer by an administrator.
; makensis -DVERSION=0.1.0 -DNUMBERS=0.1.0.0 -DSOURCE=folder -DTARGET=installer.exe -DICON=border-pos.ico installer.nsi
; Silent: border-pos-setup.exe /S [/CurrentUser | /AllUsers] [/D=folder]. Exit code 5: a window of the program is open.

Target amd64-unicode
ManifestDPIAware true
ManifestLongPathAware true
!ifdef QUICK
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
!endif
SetDateSave off

!define PRODUCT "Border POS"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\BorderPOS"
!define MULTIUSER_EXECUTIONLEVEL Highest
!define MULTIUSER_MUI
!define MULTIUSER_INSTALLMODE_COMMANDLINE
!define MULTIUSER_INSTALLMODE_DEFAULT_CURRENTUSER
!define MULTIUSER_INSTALLMODE_INSTDIR "${PRODUCT}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_KEY "${UNINSTALL}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_VALUENAME "InstallLocation"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_KEY "${UNINSTALL}"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_VALUENAME "InstallLocation"
!define MULTIUSER_USE_PROGRAMFILES64
!include MultiUser.nsh
!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh

Name "${PRODUCT}"
OutFile "${TARGET}"
BrandingText "${PRODUCT} ${VERSION}"
VIProductVersion "${NUMBERS}"
VIAddVersionKey "ProductName" "${PRODUCT}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "Installs ${PRODUCT}"
VIAddVersionKey "LegalCopyright" "See LICENSE.txt"
!ifdef SIGN
  !uninstfinalize '${SIGN} "%1"'
!endif

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\border-pos-window.exe"
!insertmacro MULTIUSER_PAGE_INSTALLMODE
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "SimpChinese"
!insertmacro MUI_LANGUAGE "Russian"

LangString IN_USE ${LANG_ENGLISH} "Border POS is open. Close its windows, then start this again."
LangString IN_USE ${LANG_SIMPCHINESE} "Border POS 正在运行。请关闭其窗口后重试。"
LangString IN_USE ${LANG_RUSSIAN} "Border POS открыт. Закройте его окна и запустите ещё раз."

; A library that Windows has loaded can be neither opened for writing nor removed.
!macro RefuseWhileOpen
  ${If} ${FileExists} "$INSTDIR\lib\python313.dll"
    ClearErrors
    FileOpen $0 "$INSTDIR\lib\python313.dll" a
    ${If} ${Errors}
      MessageBox MB_OK|MB_ICONEXCLAMATION "$(IN_USE)" /SD IDOK
      SetErrorLevel 5
      Quit
    ${EndIf}
    FileClose $0
  ${EndIf}
!macroend

; What the installer has put there, and nothing else: a folder of programs may hold files of others.
!macro RemoveProgram
  RMDir /r "$INSTDIR\lib"
  Delete "$INSTDIR\border-pos.exe"
  Delete "$INSTDIR\border-pos-window.exe"
  Delete "$INSTDIR\LICENSE.txt"
  Delete "$INSTDIR\README.txt"
  Delete "$INSTDIR\THIRD-PARTY.txt"
  Delete "$INSTDIR\VERSION"
!macroend

Function .onInit
  !insertmacro MULTIUSER_INIT
FunctionEnd

Function un.onInit
  !insertmacro MULTIUSER_UNINIT
FunctionEnd

Section
  !insertmacro RefuseWhileOpen
  !insertmacro RemoveProgram
  SetOutPath "$INSTDIR"
  File /r "${SOURCE}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateDirectory "$SMPROGRAMS\${PRODUCT}"
  CreateShortcut "$SMPROGRAMS\${PRODUCT}\${PRODUCT}.lnk" "$INSTDIR\border-pos-window.exe"
  CreateShortcut "$SMPROGRAMS\${PRODUCT}\${PRODUCT} (demo shop).lnk" "$INSTDIR\border-pos-window.exe" "--demo"
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayName" "${PRODUCT}"
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayIcon" "$INSTDIR\border-pos-window.exe"
  WriteRegStr SHCTX "${UNINSTALL}" "Publisher" "${PRODUCT}"
  WriteRegStr SHCTX "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode'
  WriteRegStr SHCTX "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode /S'
  WriteRegDWORD SHCTX "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  IntFmt $0 "0x%08X" $0
  WriteRegDWORD SHCTX "${UNINSTALL}" "EstimatedSize" "$0"
SectionEnd

; The shop's folder is neither read nor written.
Section "Uninstall"
  !insertmacro RefuseWhileOpen
  !insertmacro RemoveProgram
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${PRODUCT}\${PRODUCT}.lnk"
  Delete "$SMPROGRAMS\${PRODUCT}\${PRODUCT} (demo shop).lnk"
  RMDir "$SMPROGRAMS\${PRODUCT}"
  DeleteRegKey SHCTX "${UNINSTALL}"
SectionEnd
