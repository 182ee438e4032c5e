/**
 * One script for each shell. They know nothing of hookcli's commands: on Tab they run `hookcli complete -- <words>` and
 * offer what it prints (see `printCompletion`).
 */
export const completionScripts: Readonly<Record<"bash" | "zsh" | "fish", string>> = {
  // Works without the bash-completion package, and with the bash 3.2 of macOS. Bash cuts words at colons and equals signs,
  // so the words come from the line, and what stands before such a cut is taken off again.
  bash: `# hookcli completion for bash. In ~/.bashrc: eval "$(hookcli completion bash)"
_hookcli() {
  local typed value says cut IFS=$' \\t\\n'
  local -a words
  read -ra words <<<"\${COMP_LINE:0:COMP_POINT}"
  [[ \${COMP_LINE:0:COMP_POINT} == *[[:space:]] ]] && words+=("")
  typed=\${words[\${#words[@]} - 1]}
  cut=\${typed%"\${typed##*[:=]}"}
  COMPREPLY=()
  while IFS=$'\\t' read -r value says; do
    if [[ $value == :files ]]; then
      COMPREPLY=()
      while IFS= read -r value; do COMPREPLY+=("$value"); done < <(compgen -f -- "\${typed##*=}")
      compopt -o filenames 2>/dev/null
      return
    fi
    COMPREPLY+=("\${value#"$cut"}"$'\\t'"$says")
  done < <("$1" complete -- "\${words[@]:1}" 2>/dev/null)
  if ((\${#COMPREPLY[@]} == 1)); then
    COMPREPLY=("\${COMPREPLY[0]%%$'\\t'*}")
    [[ \${COMPREPLY[0]} == *[:=] ]] && compopt -o nospace 2>/dev/null
    return
  fi
  # Several: each with what it is. Only what all of them begin with gets typed, and that is never a description.
  local index
  for index in "\${!COMPREPLY[@]}"; do
    value=\${COMPREPLY[index]%%$'\\t'*} says=\${COMPREPLY[index]#*$'\\t'}
    [[ -n $says ]] && printf -v value '%-12s  (%s)' "$value" "$says"
    COMPREPLY[index]=$value
  done
}
complete -o nosort -F _hookcli hookcli 2>/dev/null || complete -F _hookcli hookcli
`,
  zsh: `#compdef hookcli
# hookcli completion for zsh. In ~/.zshrc, behind compinit: eval "$(hookcli completion zsh)"
_hookcli() {
  local line value
  local -a offered open
  for line in "\${(@f)$("\${words[1]}" complete -- "\${(@)words[2,CURRENT-1]}" "$PREFIX" 2>/dev/null)}"; do
    if [[ $line == :files ]]; then
      compset -P '--[a-z-]#='
      _files
      return
    fi
    [[ -z $line ]] && continue
    value=\${line%%$'\\t'*}
    if [[ $value == *[:=] ]]; then
      open+=("\${value//:/\\\\:}:\${line#*$'\\t'}")
    else
      offered+=("\${value//:/\\\\:}:\${line#*$'\\t'}")
    fi
  done
  _describe -V hookcli offered -- open -S ''
}
compdef _hookcli hookcli
`,
  fish: `# hookcli completion for fish. Belongs into ~/.config/fish/completions/hookcli.fish
function __hookcli_complete
    set -l words (commandline -opc)
    set -l typed (commandline -ct)
    set -l offered ($words[1] complete -- $words[2..-1] "$typed" 2>/dev/null)
    if test "$offered[1]" = ":files"
        set -l flag (string match -r -- '^--[a-z-]+=' "$typed")
        printf '%s\\n' "$flag"(__fish_complete_path (string replace -- "$flag" '' "$typed"))
    else
        printf '%s\\n' $offered
    end
end
complete -c hookcli -f -k -a '(__hookcli_complete)'
`,
};
