#!/bin/bash
# Passes when a server listens at the learner's port, and ~/taken.txt holds the complaint of the second one.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
port=$LESSON_SHOP_PORT
[ -x app/bin/python ] || no 'There is no environment in ~/app yet. Make it with: python3 -m venv app'
[ -x tools/bin/python ] || no 'The second environment is missing. Make it with: python3 -m venv tools'
(: < "/dev/tcp/127.0.0.1/$port") 2> /dev/null ||
  no "Nobody listens at port $port. Start the first server with the Python of app, with an & at the end of the line."
if [ ! -e taken.txt ]; then
  no "A server listens at port $port. Now the second one, with the Python of tools: send what it complains of into taken.txt, with 2>"
fi
[ -s taken.txt ] || no 'Your ~/taken.txt is empty. Complaints go past >; it takes 2> to catch them.'
grep -q 'No module named' taken.txt && no "taken.txt says: $(tail -n 1 taken.txt | cut -c 1-100). The module is called http.server."
grep -q 'No such file or directory' taken.txt && no "taken.txt says that there was no such program: $(tail -n 1 taken.txt | cut -c 1-100)"
grep -q 'Address already in use' taken.txt || no "taken.txt should end with the complaint of the second server; it ends with: $(tail -n 1 taken.txt | cut -c 1-100)"
grep -q 'OSError' taken.txt || no 'taken.txt has the right words, but not from a server. Let the second server write them there, with 2>'
echo 'Two environments, one network: who comes second finds the port taken.'
