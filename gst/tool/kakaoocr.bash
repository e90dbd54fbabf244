# SPDX-License-Identifier: LGPL-2.1-or-later
# bash completion of kakaoocr(1): commands, their options as --help-all tells
# them, and files.

_kakaoocr() {
  local cur prev words cword split
  _init_completion -s || return

  if [[ $cword -eq 1 ]]; then
    # The list of commands is indented, a word and what it does.
    COMPREPLY=($(compgen -W "$("$1" --help 2>/dev/null |
      sed -n 's/^  \([a-z]\{3,\}\) .*/\1/p') --help --version" -- "$cur"))
    return
  fi
  case $prev in
    -o | --out | --results)
      _filedir -d
      return
      ;;
    -f | --format)
      COMPREPLY=($(compgen -W 'jsonl csv vtt srt' -- "$cur"))
      return
      ;;
    --only)
      COMPREPLY=($(compgen -W 'mkv jsonl vtt crops sheet' -- "$cur"))
      return
      ;;
    --token-file | --api-key-file)
      _filedir
      return
      ;;
    -j | --jobs | -n | --limit | --port | --address | --price | --from | --to | \
      --file | --endpoint | --max-rate | --max-requests | --set)
      return
      ;;
  esac
  $split && return
  if [[ $cur == -* ]]; then
    COMPREPLY=($(compgen -W "$("$1" "${words[1]}" --help-all 2>/dev/null |
      grep -oE -- '--[a-z-]+=?' | sort -u)" -- "$cur"))
    [[ ${COMPREPLY-} == *= ]] && compopt -o nospace
    return
  fi
  _filedir
} && complete -F _kakaoocr kakaoocr
