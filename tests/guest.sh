#!/bin/sh
# Runs a test program in a QEMU guest: Debian's cloud kernel, cgroup v2 alone,
# as most users have it. Nothing is installed into the guest; the program, crun,
# conmon and busybox are copied into its memory with the libraries they need.
#
#   tests/guest.sh PROGRAM [SECONDS]      e.g. build/test_runtime_runtime
#
# Ends with the program's exit code; 77 when the machine cannot do it (needs
# packages qemu-system-x86, cpio, busybox-static, crun, conmon, and a kernel
# package to fetch or one below $GUEST_KERNEL).
set -eu
program=${1:?usage: guest.sh PROGRAM [SECONDS]}
seconds=${2:-600}

for tool in qemu-system-x86_64 cpio busybox crun conmon ldd; do
    command -v "$tool" >/dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
kernel=${GUEST_KERNEL:-}
if [ -z "$kernel" ]; then
    name=$(apt-cache search --names-only '^linux-image-6\.1\..*-cloud-amd64$' | cut -d' ' -f1 | sort -V | tail -1)
    [ -n "$name" ] && (cd "$work" && apt-get download "$name" >/dev/null 2>&1 && dpkg -x ./*.deb kernel) || true
    kernel=$(ls "$work"/kernel/boot/vmlinuz-* 2>/dev/null | head -1)
fi
[ -n "$kernel" ] && [ -e "$kernel" ] || { echo "skipped: no guest kernel (set GUEST_KERNEL)"; exit 77; }

root=$work/root
mkdir -p "$root/bin" "$root/usr/bin" "$root/etc"
cp "$(command -v busybox)" "$root/bin/busybox"
cp "$(command -v crun)" "$(command -v conmon)" "$root/usr/bin/"
cp "$program" "$root/program"
for binary in "$root/usr/bin/crun" "$root/usr/bin/conmon" "$root/program"; do
    ldd "$binary" | grep -o '/[^ ]*'
done | sort -u | while read -r library; do
    mkdir -p "$root$(dirname "$library")"
    cp -L "$library" "$root$library"
done
# The first root of a guest cannot be pivoted away from, so it moves into a second one.
cat >"$root/init" <<'INIT'
#!/bin/busybox sh
busybox=/bin/busybox
$busybox mkdir /new
$busybox mount -t tmpfs new /new
for entry in /*; do
    [ "$entry" = /new ] || $busybox cp -a "$entry" /new/
done
$busybox mkdir -p /new/proc /new/sys /new/dev /new/tmp /new/run
exec $busybox switch_root /new /second
INIT
cat >"$root/second" <<'SECOND'
#!/bin/busybox sh
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
mkdir -p /dev/pts /dev/shm /dev/mqueue
mount -t devpts devpts /dev/pts
mount -t tmpfs shm /dev/shm
mount -t mqueue mqueue /dev/mqueue
mount -t tmpfs tmp /tmp
mount -t tmpfs run /run
mount -t cgroup2 cgroup2 /sys/fs/cgroup
ip link set lo up
export PATH=/bin:/usr/bin ASAN_OPTIONS=detect_leaks=0
uname -sr
cat /sys/fs/cgroup/cgroup.controllers
/program
echo "guest ended with $?"
poweroff -f
SECOND
chmod +x "$root/init" "$root/second"
(cd "$root" && find . | cpio -o -H newc 2>/dev/null | gzip -1) >"$work/initrd"

timeout "$seconds" qemu-system-x86_64 -nographic -no-reboot -m 1536 -kernel "$kernel" -initrd "$work/initrd" \
    -append "console=ttyS0 quiet panic=-1 no_timer_check" </dev/null | tee "$work/log"
code=$(sed -n 's/^guest ended with \([0-9]*\).*/\1/p' "$work/log")
exit "${code:-1}"
