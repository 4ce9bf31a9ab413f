; The installer of Border POS: for this user without rights, or for all users of the computer by an administrator.
; makensis -DVERSION=0.1.0 -DNUMBERS=0.1.0.0 -DSOURCE=folder -DTARGET=installer.exe -DICON=border-pos.ico -DPICTURE=side.bmp
; installer.nsi
; Silent: border-pos-setup.exe /S [/CurrentUser | /AllUsers [/SHARED]] [/D=folder].
; Exit codes: 5, a window of the program is open; 6, the folder of the shared shop cannot be made.

Target amd64-unicode
ManifestDPIAware true
ManifestLongPathAware true
!ifdef QUICK
  SetCompress off
!else
  SetCompressor /SOLID lzma
!endif
SetDateSave off

!define PRODUCT "Border POS"
!define SHARED_BY "${PRODUCT}"
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
!include Sections.nsh

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
!define MUI_WELCOMEFINISHPAGE_BITMAP "${PICTURE}"
; By the desktop, and so with the rights of its user: a shop founded by an administrator would be closed to that user.
!define MUI_FINISHPAGE_RUN "$WINDIR\explorer.exe"
!define MUI_FINISHPAGE_RUN_PARAMETERS "$\"$INSTDIR\border-pos-window.exe$\""
!insertmacro MULTIUSER_PAGE_INSTALLMODE
!define MUI_COMPONENTSPAGE_NODESC
!define MUI_PAGE_CUSTOMFUNCTION_PRE OfferSharing
!insertmacro MUI_PAGE_COMPONENTS
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
LangString SHARING ${LANG_ENGLISH} "One shop for all users of this computer"
LangString SHARING ${LANG_SIMPCHINESE} "本机所有用户共用一个店铺"
LangString SHARING ${LANG_RUSSIAN} "Один магазин для всех пользователей компьютера"
LangString NOT_SHARED ${LANG_ENGLISH} "The folder of the shared shop cannot be made: $1$\r$\n$2"
LangString NOT_SHARED ${LANG_SIMPCHINESE} "无法创建共用店铺的文件夹：$1$\r$\n$2"
LangString NOT_SHARED ${LANG_RUSSIAN} "Папку общего магазина создать нельзя: $1$\r$\n$2"

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

!macro RefuseToShare
  MessageBox MB_OK|MB_ICONEXCLAMATION "$(NOT_SHARED)" /SD IDOK
  SetErrorLevel 6
  Quit
!macroend

!macro RunOrRefuse COMMAND
  nsExec::ExecToStack '${COMMAND}'
  Pop $0
  Pop $2
  ${If} $0 != 0
    !insertmacro RefuseToShare
  ${EndIf}
!macroend

; A folder in ProgramData for the members of a group of Windows. The program learns of it from a value that only an
; administrator can write: a folder alone could have been put there by any user of the computer.
Section /o "$(SHARING)" SHARED
  StrCpy $1 "$APPDATA\border-pos"
  StrCpy $2 ""
  ${If} $MultiUser.InstallMode != "AllUsers"
    StrCpy $2 "/AllUsers"
    !insertmacro RefuseToShare
  ${EndIf}
  ReadRegStr $0 HKLM "Software\${PRODUCT}" "ShopFolder"
  ${If} $0 != ""
    StrCpy $1 $0
  ${ElseIf} ${FileExists} "$1\*.*"
    !insertmacro RefuseToShare
  ${EndIf}
  nsExec::Exec '"$SYSDIR\net.exe" localgroup "${SHARED_BY}" /add /comment:"Open the shop of ${PRODUCT} on this computer"'
  Pop $0 ; not 0 where the group is there
  ReadEnvStr $0 USERNAME
  nsExec::Exec '"$SYSDIR\net.exe" localgroup "${SHARED_BY}" "$0" /add'
  Pop $0 ; not 0 where the user is a member
  CreateDirectory "$1"
  ; The system, administrators, and the group: nothing is inherited from ProgramData, which every user can read.
  !insertmacro RunOrRefuse '"$SYSDIR\icacls.exe" "$1" /inheritance:r /grant:r "*S-1-5-18:(OI)(CI)F" "*S-1-5-32-544:(OI)(CI)F" "${SHARED_BY}:(OI)(CI)M"'
  WriteRegStr HKLM "Software\${PRODUCT}" "ShopFolder" "$1"
SectionEnd

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

; The shop's folder is neither read nor written, and a shared one stays named in the registry.
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

Function .onInit
  !insertmacro MULTIUSER_INIT
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/SHARED" $1
  ${IfNot} ${Errors}
    !insertmacro SelectSection ${SHARED}
  ${EndIf}
FunctionEnd

; One user alone has no one to share with, and a shop that is shared stays so.
Function OfferSharing
  ${If} $MultiUser.InstallMode != "AllUsers"
    !insertmacro UnselectSection ${SHARED}
    Abort
  ${EndIf}
  ReadRegStr $0 HKLM "Software\${PRODUCT}" "ShopFolder"
  ${If} $0 != ""
    Abort
  ${EndIf}
FunctionEnd

Function un.onInit
  !insertmacro MULTIUSER_UNINIT
FunctionEnd
