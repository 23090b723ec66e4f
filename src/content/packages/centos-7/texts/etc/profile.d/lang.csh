# the language of this session
