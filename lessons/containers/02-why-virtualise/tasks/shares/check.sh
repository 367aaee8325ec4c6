#!/bin/bash
# Passes when share.py lets the report step back, and ~/shares.txt shows that web then did 75 per cent or more.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
[ -f share.py ] || no 'Your ~/share.py is gone. "Reset lab" brings it back.'
level() { sed -n "s/^NICE *=.*\"$1\": *\(-\{0,1\}[0-9]*\).*/\1/p" share.py | head -n 1; }
web=$(level web)
report=$(level report)
if [ -z "$web" ] || [ -z "$report" ]; then
  no 'share.py should have a line such as  NICE = {"web": 0, "report": 0}  with a number for each.'
fi
if [ "$web" -lt 0 ] || [ "$report" -lt 0 ]; then
  no 'Numbers below 0 mean more than an equal share, and only root may take that. Let the other one step back instead.'
fi
if [ "$web" -ge "$report" ]; then
  [ "$web" -gt "$report" ] && no "In share.py web steps back ($web) further than the report ($report). It should be the other way round."
  no 'In share.py both still step back equally far. Which of the two numbers has to grow?'
fi
[ -s shares.txt ] || no 'share.py is changed. Now measure: python3 share.py > shares.txt'
part=$(sed -n 's/^web: \([0-9]*\) %.*/\1/p' shares.txt | tail -n 1)
[ -n "$part" ] || no "shares.txt has no line for web, such as  web: 80 %. It ends with: $(tail -n 1 shares.txt | cut -c 1-100)"
[ "$part" -ge 75 ] || no "shares.txt says that web did $part %; it should be 75 % or more. Let the report step back further, and measure again."
echo "web did $part % of the work, and the report still got on."
