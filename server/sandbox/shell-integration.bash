# Makes a bash say where its prompts begin and end, when a command starts, and how it ended: marks of the kind OSC 133,
# which terminals do not show. server/sandbox/shell-integration.ts hands this to each shell, without these comments.
#
# An interactive bash reads it that was started with --posix and $ENV, the one way to have a login shell read a file that
# is not the learner's. It takes both back first, with all that they change, and reads what a login shell reads.
exec 9<&-
unset ENV
set +o posix
shopt -u inherit_errexit
[[ $MAILCHECK != 600 ]] || MAILCHECK=60
[[ $HISTFILE != ~/.sh_history ]] || HISTFILE=~/.bash_history

# A before a prompt, B behind it, P;k=s behind a secondary one, C when a command starts, D;code when it has ended.
# Learners change their prompts, and may: the hook stands in element 9 of PROMPT_COMMAND, which an assignment to
# PROMPT_COMMAND leaves alone; PS0 puts it back where it is gone all the same; the hook puts back what prompts have lost.
# What it says goes around stdout and stderr, so that neither "set -x" nor a DEBUG trap shows it; its status is always 0,
# so that "set -e" ends nothing. No process is started. Bash itself keeps $? and $_. In an array, since those are never
# exported: whether a command ran, the marks for PS1 and PS2, the hook, PS0.
if ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 501)); then
  __drydock=(0 '\[\e]133;B\a\]' '\[\e]133;P;k=s\a\]' '{ __drydock_prompt || :; } 3>&1 >/dev/null 2>&1')
  __drydock[4]='\e]133;C;$((__drydock[0]=1))${__drydock[3]%"${PROMPT_COMMAND[9]:=${__drydock[3]}}"}\a'
  __drydock_prompt() {
    local code=$? one=${__drydock[1]} two=${__drydock[2]}
    ((__drydock[0] == 0)) || builtin printf '\e]133;D;%d\a' "$code" >&3
    builtin printf '\e]133;A\a' >&3
    __drydock[0]=0
    : "${PS0=}" "${PS1=}" "${PS2=}"
    [[ $PS0 == *']133;C;'* || ${PS0@a} == *r* ]] || PS0=${__drydock[4]}$PS0
    [[ $PS1 == *"$one" || ${PS1@a} == *r* ]] || PS1=${PS1//"$one"/}$one
    [[ $PS2 == *"$two" || ${PS2@a} == *r* ]] || PS2=${PS2//"$two"/}$two
  }
  PROMPT_COMMAND[9]=${__drydock[3]}
fi

if shopt -q login_shell; then
  [[ ! -r /etc/profile ]] || . /etc/profile || :
  if [[ -r ~/.bash_profile ]]; then
    . ~/.bash_profile
  elif [[ -r ~/.bash_login ]]; then
    . ~/.bash_login
  elif [[ -r ~/.profile ]]; then
    . ~/.profile
  fi || :
fi

# The files may have set all of PROMPT_COMMAND.
[[ ! -v __drydock ]] || PROMPT_COMMAND[9]=${__drydock[3]}
