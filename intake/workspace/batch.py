"""The two files that a coordinator double-clicks on Windows, as ``init`` writes them.

ASCII only, Windows lines: a console that has not yet switched to UTF-8 reads them too. What the
program itself says, it says with its accents.
"""

from __future__ import annotations

from collections.abc import Mapping

PROCESS_FILE = "Traiter.bat"
OPEN_FILE = "Ouvrir.bat"

_BEGIN = """\
@echo off
{about}
chcp 65001 >nul
set PYTHONUTF8=1
where py >nul 2>nul
if errorlevel 1 goto nopython
py -c "import intake, intake.cli.main" >nul 2>nul
if errorlevel 1 goto noprogram
"""
_MISSING = """\
goto end
:nopython
echo Python est introuvable sur cet ordinateur. Rien n'a ete lu.
echo L'installer depuis python.org, avec la case "py launcher", puis recommencer.
echo Python was not found on this computer. Nothing was read.
goto {fallback}
:noprogram
echo Le programme crf-intake n'est pas installe pour ce Python. Rien n'a ete lu.
echo L'installer comme le dit le guide (py -m pip install ...), puis recommencer.
echo The program crf-intake is not installed for this Python. Nothing was read.
goto {fallback}
"""
_PROCESS = """\
py -m intake process --workspace "%~dp0."
set RESULT=%ERRORLEVEL%
echo.
if %RESULT%==0 echo Termine. Tout ce qui pouvait etre lu l'a ete. / Done.
if %RESULT%==1 echo Termine. Au moins un fichier attend votre decision. / A file waits for you.
if %RESULT%==2 echo La commande n'a pas ete comprise. Rien n'a ete lu. / Wrong command.
if %RESULT%==3 echo study.toml, centres.csv ou la fiche sont a corriger. / To correct.
if %RESULT%==4 echo Les donnees ou un dossier sont inaccessibles. / Out of reach.
if %RESULT%==5 echo Le programme a echoue. Rien n'est perdu. / The program failed.
if %RESULT% GTR 1 goto end
if exist "%~dp0outbox\\status.html" start "" "%~dp0outbox\\status.html"
"""
_OPEN = """\
py -c "import starlette, uvicorn, python_multipart" >nul 2>nul
if errorlevel 1 goto nopage
py -m intake serve --workspace "%~dp0."
if errorlevel 1 goto end
exit /b 0
:nopage
py -m intake status --open --workspace "%~dp0."
if errorlevel 1 goto end
exit /b 0
"""
_END = """\
:end
pause
"""
_OLD_PAGE = """\
:oldpage
if exist "%~dp0outbox\\status.html" start "" "%~dp0outbox\\status.html"
"""


def batch_files() -> Mapping[str, bytes]:
    """Return the files by name: one reads what was received, one shows what is left to do."""
    process = _BEGIN.format(
        about="rem Lit les fiches deposees dans inbox : double-cliquer sur ce fichier.\n"
        "rem Reads the forms dropped in inbox: double-click this file."
    )
    shown = _BEGIN.format(
        about="rem Ouvre la page du coordonnateur : double-cliquer sur ce fichier.\n"
        "rem Opens the coordinator's page: double-click this file."
    )
    texts = {
        PROCESS_FILE: process + _PROCESS + _MISSING.format(fallback="end") + _END,
        OPEN_FILE: shown + _OPEN + _MISSING.format(fallback="oldpage") + _OLD_PAGE + _END,
    }
    return {name: text.replace("\n", "\r\n").encode("ascii") for name, text in texts.items()}
