#!/bin/sh
### BEGIN INIT INFO
# Provides:          hwclock
# Default-Start:     S
# Default-Stop:      0 6
# Short-Description: Sets the hardware clock
### END INIT INFO
[ -x /sbin/hwclock ] || exit 0
case "$1" in
  start) hwclock --hctosys ;;
  stop|restart|reload|force-reload) hwclock --systohc ;;
esac
