alias xzgrep 'xzgrep --color=auto'
