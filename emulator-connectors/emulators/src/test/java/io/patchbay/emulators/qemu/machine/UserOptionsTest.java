package io.patchbay.emulators.qemu.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.LabException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserOptionsTest {
  private static List<String> split(String text) {
    return UserOptions.of(text, Map.of(), false);
  }

  @Test
  void splitsAsAShellWould() {
    assertEquals(List.of(), split("  "));
    assertEquals(
        List.of("-cpu", "host", "-smbios", "type=1,product=a b"),
        split(" -cpu  host\t-smbios 'type=1,product=a b'"));
    assertEquals(List.of("-append", "$(reboot) `x` ;&|"), split("-append '$(reboot) `x` ;&|'"));
    assertThrows(LabException.class, () -> split("-append 'open"));
    assertThrows(LabException.class, () -> split("-append \\"));
  }

  @Test
  void whatQemuHasDroppedIsReplaced() {
    assertEquals(List.of("-machine", "accel=tcg"), split("-no-kvm"));
    assertTrue(UserOptions.wantsEmulation(split("-no-kvm")));
    assertTrue(UserOptions.wantsEmulation(split("-machine q35,accel=tcg")));
    assertTrue(UserOptions.wantsEmulation(split("-accel tcg,thread=single")));
    assertFalse(UserOptions.wantsEmulation(split("-name accel=tcg -machine q35")));
  }

  /** Whatever a name holds, it makes no further word and no further option. */
  @Test
  void placeholdersStayInTheirPlace() {
    Map<String, String> names =
        Map.of("%vm-name%", "a\" -drive file=/etc/shadow \"b,file=c", "%guest-cid%", "7");
    assertEquals(
        List.of("-smbios", "type=1,serial=a\" -drive file=/etc/shadow \"b,,file=c"),
        UserOptions.of("-smbios type=1,serial=%vm-name%", names, true));
    assertEquals(
        List.of("-device", "virtio-blk,serial=7"),
        UserOptions.of("-device virtio-blk,serial=%guest-cid%", names, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-machine accel=tcg",
        "--machine q35,kernel_irqchip=on",
        "-cpu host,migratable=off -smp 4,cores=2",
        "-nographic -usb -no-reboot",
        "-device virtio-rng-pci -device usb-tablet,bus=usb.0",
        "-device e1000,mac=00:00:00:00:00:01",
        "-smbios type=1,manufacturer=cisco,product=IOSXRV",
        "-global ICH9-LPC.disable_s3=1 -vga std -rtc base=localtime",
        "-object rng-builtin,id=rng0 -fw_cfg name=opt/a,string=b",
        "-serial null -monitor none -chardev null,id=c"
      })
  void harmlessOptionsPass(String options) {
    assertFalse(split(options).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-drive file=/etc/shadow",
        "--drive file=/etc/shadow",
        "-hda /etc/shadow",
        "-cdrom /etc/shadow",
        "/etc/shadow",
        "-blockdev driver=file,filename=/etc/shadow,node-name=a",
        "-chardev file,id=a,path=/tmp/x",
        "-chardev socket,id=a,host=0.0.0.0,port=1,server=on",
        "-chardev ringbuf,id=a,logfile=/tmp/x",
        "-serial file:/tmp/x",
        "-serial mon:stdio",
        "-monitor tcp:0.0.0.0:1,server",
        "-monitor vc",
        "-qmp tcp:0.0.0.0:1,server",
        "-netdev user,id=a,guestfwd=tcp:1.2.3.4:5-cmd:sh",
        "-netdev tap,id=a,script=/tmp/x",
        "-nic user,smb=/",
        "-net tap",
        "-incoming exec:sh",
        "-runas root",
        "-chroot /",
        "-daemonize",
        "-pidfile /tmp/x",
        "-D /tmp/x",
        "-trace file=/tmp/x",
        "-readconfig /tmp/x",
        "-writeconfig /tmp/x",
        "-loadvm x",
        "-virtfs local,path=/,mount_tag=a,security_model=none",
        "-fsdev local,path=/,id=a,security_model=none",
        "-object memory-backend-file,id=a,size=1M,mem-path=/tmp/x",
        "-object secret,id=a,file=/etc/shadow",
        "-device loader,file=/etc/shadow,addr=0",
        "-device driver=loader,addr=0",
        "-device {\"driver\":\"loader\"}",
        "-device e1000,romfile=/etc/shadow",
        "-device vfio-pci,host=00:02.0",
        "-device usb-host,hostbus=1",
        "-device usb-mtp,rootdir=/",
        "-global e1000.romfile=/etc/shadow",
        "-machine dumpdtb=/tmp/x",
        "-machine kernel=/etc/shadow",
        "-bios /etc/shadow",
        "-kernel /etc/shadow",
        "-initrd /etc/shadow",
        "-dtb /etc/shadow",
        "-pflash /etc/shadow",
        "-mtdblock /etc/shadow",
        "-sd /etc/shadow",
        "-smbios file=/etc/shadow",
        "-fw_cfg name=a,file=/etc/shadow",
        "-acpitable file=/etc/shadow",
        "-boot splash=/etc/shadow",
        "-k ../../etc/shadow",
        "-display gtk",
        "-vnc :0",
        "-spice port=1",
        "-set drive.drive0.file=/etc/shadow",
        "-plugin /tmp/x.so",
        "-L /tmp",
        "-gdb tcp::1",
        "-s",
        "-sandbox off",
        "-tpmdev passthrough,id=a",
        "-nonsense",
        "-machine"
      })
  void whatReachesTheServerIsRefused(String options) {
    LabException refused = assertThrows(LabException.class, () -> split(options));
    assertEquals(ErrorCode.INVALID, refused.code());
    UserOptions.of(options, Map.of(), true);
  }
}
