alias vi vim
