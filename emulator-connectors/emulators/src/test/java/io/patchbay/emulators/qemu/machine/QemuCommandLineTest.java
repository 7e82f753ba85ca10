package io.patchbay.emulators.qemu.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.spi.Json;
import jakarta.json.JsonObjectBuilder;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QemuCommandLineTest {
  private static final UUID ID = UUID.fromString("11112222-3333-4444-8555-666677778888");
  private static final QemuProgram PROGRAM =
      new QemuProgram(Path.of("/usr/bin/qemu-system-x86_64"), "x86_64");
  private static final QemuVersion NEW = new QemuVersion(7, 2);

  /** A launch whose parts a test changes. */
  private static final class Draft {
    QemuVersion version = NEW;
    String name = "VM";
    QemuSettings settings = QemuSettings.initial().with("mac_address", "0c:11:22:33:00:fe");
    boolean kvm;
    BootFiles boot = BootFiles.NONE;
    List<Drive> drives = List.of();
    int adapters;
    GuestConsole console = new GuestConsole.None();
    Optional<Path> auxiliary = Optional.empty();
    Optional<Path> tpm = Optional.empty();
    Optional<String> savedState = Optional.empty();
    List<String> options = List.of();

    List<String> line() {
      return QemuCommandLine.of(
          new Launch(
              PROGRAM,
              version,
              name,
              ID,
              settings,
              kvm,
              boot,
              drives,
              IntStream.range(0, adapters)
                  .mapToObj(i -> new NicBackend(20000 + 2 * i, 20001 + 2 * i))
                  .toList(),
              console,
              auxiliary,
              Path.of("/run/a.qmp"),
              tpm,
              savedState,
              options));
    }

    String text() {
      return String.join(" ", line());
    }
  }

  private static void assertContains(String part, Draft draft) {
    assertTrue(draft.text().contains(part), draft::text);
  }

  private static Drive drive(int index, String bus) {
    return new Drive(index, Path.of("/n/hda,disk.qcow2"), bus, Optional.of("qcow2"));
  }

  @Test
  void theLeastThereIs() {
    assertEquals(
        List.of(
            "/usr/bin/qemu-system-x86_64",
            "-name",
            "VM",
            "-m",
            "256M",
            "-smp",
            "cpus=1,sockets=1",
            "-boot",
            "order=c",
            "-uuid",
            ID.toString(),
            "-display",
            "none",
            "-qmp",
            "unix:/run/a.qmp,server=on,wait=off",
            "-net",
            "none"),
        new Draft().line());
  }

  @Test
  void moreProcessorsThanThereAreAtFirst() {
    Draft draft = new Draft();
    draft.settings =
        draft.settings.with(Json.createObjectBuilder().add("cpus", 2).add("maxcpus", 4).build());
    assertContains("-smp cpus=2,maxcpus=4,sockets=1", draft);
    draft.settings = draft.settings.with(Json.createObjectBuilder().add("cpus", 4).build());
    assertContains("-smp cpus=4,sockets=1", draft);
  }

  @Test
  void theAuxiliaryPortComesAfterTheConsole() {
    Draft draft = new Draft();
    draft.console = new GuestConsole.Serial(Path.of("/run/a.con"));
    draft.auxiliary = Optional.of(Path.of("/run/a.aux"));
    assertContains(
        "-serial chardev:serial0 -chardev socket,id=aux0,path=/run/a.aux,server=on,wait=off"
            + " -serial chardev:aux0",
        draft);
  }

  @Test
  void namesAndFilesCannotBringOptionsWithThem() {
    Draft draft = new Draft();
    draft.name = "a,process=b";
    draft.drives = List.of(drive(0, "ide"));
    assertContains("-name a,,process=b", draft);
    assertContains("file=/n/hda,,disk.qcow2,if=ide,", draft);
  }

  @Test
  void kvmLeavesOutWhatSomeProcessorsCannot() {
    Draft draft = new Draft();
    draft.kvm = true;
    assertContains("-enable-kvm -machine smm=off", draft);
  }

  @Test
  void eachBusHasItsOwnWay() {
    Draft draft = new Draft();
    draft.drives =
        List.of(drive(0, "virtio"), drive(1, "sata"), drive(2, "scsi"), drive(3, "nvme"));
    String file = "file=/n/hda,,disk.qcow2";
    assertContains(
        "-drive " + file + ",if=virtio,index=0,media=disk,id=drive0,format=qcow2", draft);
    assertContains("-device ahci,id=ahci1", draft);
    assertContains("-device ide-hd,drive=drive1,bus=ahci1.0,id=drive1", draft);
    assertContains("-device virtio-scsi-pci,id=scsi2", draft);
    assertContains("-device scsi-hd,drive=drive2", draft);
    assertContains("-device nvme,drive=drive3,serial=3", draft);
    draft.version = new QemuVersion(4, 1);
    assertContains("-device ide-drive,drive=drive1", draft);
  }

  @Test
  void adaptersCountTheirAddressesOn() {
    Draft draft = new Draft();
    draft.adapters = 3;
    JsonObjectBuilder second =
        Json.createObjectBuilder()
            .add("adapter_number", 1)
            .add("adapter_type", "virtio-net-pci")
            .add("mac_address", "0C:AA:00:00:00:01");
    draft.settings =
        draft.settings.with(
            Json.createObjectBuilder()
                .add("custom_adapters", Json.createArrayBuilder().add(second))
                .build());
    assertContains(
        "-device e1000,mac=0c:11:22:33:00:fe,netdev=gns3-0 -netdev dgram,id=gns3-0,local.type=inet,"
            + "local.host=127.0.0.1,local.port=20000,remote.type=inet,remote.host=127.0.0.1,"
            + "remote.port=20001",
        draft);
    assertContains(
        "-device virtio-net-pci,mac=0c:aa:00:00:00:01,speed=10000,duplex=full,netdev=gns3-1",
        draft);
    assertContains("-device e1000,mac=0c:11:22:33:01:00,netdev=gns3-2", draft);
  }

  @Test
  void anOlderQemuHasSocketsInPlaceOfDatagrams() {
    Draft draft = new Draft();
    draft.adapters = 1;
    draft.version = new QemuVersion(7, 1);
    assertContains("-netdev socket,id=gns3-0,udp=127.0.0.1:20001,localaddr=127.0.0.1:20000", draft);
  }

  @Test
  void moreAdaptersThanABusHasSlotsGoToFurtherBuses() {
    Draft few = new Draft();
    few.adapters = 27;
    assertFalse(few.text().contains("bridge"));
    Draft many = new Draft();
    many.adapters = 275;
    List<String> line = many.line();
    assertEquals(8, line.stream().filter(word -> word.startsWith("pci-bridge,")).count());
    assertContains(
        "-device pci-bridge,id=pci-bridge1,bus=dmi_pci_bridge1,chassis_nr=0x1,addr=0x1,shpc=off",
        many);
    assertContains(",bus=pci-bridge8,addr=0x", many);
    assertEquals(275, line.stream().filter(word -> word.startsWith("dgram,")).count());
  }

  @Test
  void consolesAreSockets() throws Exception {
    Draft draft = new Draft();
    draft.console = new GuestConsole.Serial(Path.of("/run/a.con"));
    assertContains(
        "-chardev socket,id=serial0,path=/run/a.con,server=on,wait=off -serial chardev:serial0"
            + " -display none",
        draft);
    draft.console = new GuestConsole.Vnc(InetAddress.getByName("0.0.0.0"), 5907);
    assertContains("-vnc 0.0.0.0:7 -machine usb=on -device usb-tablet", draft);
    draft.console = new GuestConsole.Vnc(InetAddress.getByName("::1"), 5900);
    assertContains("-vnc [0:0:0:0:0:0:0:1]:0", draft);
    draft.console = new GuestConsole.Spice(InetAddress.getByName("127.0.0.1"), 6000, false);
    assertContains("-spice addr=127.0.0.1,port=6000,disable-ticketing=on -vga qxl", draft);
    assertFalse(draft.text().contains("vdagent"));
    draft.console = new GuestConsole.Spice(InetAddress.getByName("127.0.0.1"), 6000, true);
    assertContains("name=com.redhat.spice.0", draft);
  }

  @Test
  void theUsersScreenGoesBeforeOurs() {
    Draft draft = new Draft();
    draft.options = List.of("-nographic", "-uuid", "x");
    assertFalse(draft.text().contains("-display"));
    assertFalse(draft.text().contains(ID.toString()));
    assertTrue(draft.text().endsWith("-nographic -uuid x"));
  }

  @Test
  void whatAMachineBootsFrom() {
    Draft draft = new Draft();
    draft.settings = draft.settings.with("kernel_command_line", "console=ttyS0 quiet");
    draft.boot =
        new BootFiles(
            Optional.empty(),
            Optional.of(new BootFiles.Uefi(Path.of("/o/CODE"), Path.of("/n/VARS"))),
            Optional.of(Path.of("/i/cd.iso")),
            Optional.of(Path.of("/i/vmlinuz")),
            Optional.of(Path.of("/i/initrd")));
    draft.tpm = Optional.of(Path.of("/run/a.tpm"));
    draft.savedState = Optional.of("STATE");
    assertContains("-drive if=pflash,format=raw,readonly=on,file=/o/CODE", draft);
    assertContains("-drive if=pflash,format=raw,file=/n/VARS -cdrom /i/cd.iso", draft);
    assertContains("-initrd /i/initrd -kernel /i/vmlinuz -append console=ttyS0 quiet", draft);
    assertTrue(draft.line().contains("console=ttyS0 quiet"), "one word");
    assertContains("-loadvm STATE", draft);
    assertContains("-chardev socket,id=chrtpm,path=/run/a.tpm", draft);
  }
}
