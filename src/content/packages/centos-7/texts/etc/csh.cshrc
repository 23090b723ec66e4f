# Every csh reads this file.
if ($?prompt) then
  if ($?tcsh) set prompt='[%n@%m %c]$ '
endif
