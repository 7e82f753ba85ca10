#!/bin/busybox sh
# The first program of the test guest. Reads from the kernel's command line:
#   patchbay.ip=10.0.0.1/24,10.0.1.1/24   addresses of eth0, eth1 ... in their order; empty for none
/bin/busybox --install -s /bin
export PATH=/bin HOME=/root PS1='guest# ' TERM=vt100
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs dev /dev
mkdir -p /dev/pts && mount -t devpts devpts /dev/pts

# BusyBox's commands ask its init, which is this one here.
trap 'sync; poweroff -f' USR2
trap 'sync; reboot -f' TERM
trap 'sync; halt -f' USR1

for module in $(cat /etc/modules); do
  modprobe "$module"
done

ip link set lo up
addresses=$(tr ' ' '\n' < /proc/cmdline | sed -n 's/^patchbay\.ip=//p'),
number=0
while [ -e "/sys/class/net/eth$number" ]; do
  address=$(echo "$addresses" | cut -d , -f $((number + 1)))
  [ -z "$address" ] || ip addr add "$address" dev "eth$number"
  ip link set "eth$number" up
  number=$((number + 1))
done

# The power button: see /etc/acpi. Without -d it wants a log file.
acpid -d -f > /dev/null 2>&1 &

# The first of a session that opens a terminal has it as its own, so that Ctrl-C works.
shell() {
  while :; do
    setsid sh -c "exec sh < /dev/$1 > /dev/$1 2>&1"
  done
}
echo 'The guest is ready.'
shell ttyS0 &
if grep -q '^1: uart:16' /proc/tty/driver/serial; then
  shell ttyS1 &
fi
while :; do
  wait
done
