package io.patchbay.emulators.qemu.machine;

import io.patchbay.runtime.ConsolePort;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The options for what one looks at a machine by. */
final class ConsoleArguments {
  /** What the user may have said of the screen, which goes before ours. */
  private static final List<String> SCREENS =
      List.of("-display", "-nographic", "-curses", "-sdl", "-spice", "-vnc");

  private ConsoleArguments() {}

  static List<String> of(Launch launch) {
    List<String> arguments =
        new ArrayList<>(
            switch (launch.console()) {
              case GuestConsole.None none -> List.of();
              case GuestConsole.Serial serial -> serial("serial0", serial.socket());
              case GuestConsole.Vnc vnc -> vnc(vnc);
              case GuestConsole.Spice spice -> spice(spice);
            });
    launch.auxiliary().ifPresent(socket -> arguments.addAll(serial("aux0", socket)));
    if (hidesScreen(launch)) {
      arguments.addAll(List.of("-display", "none"));
    }
    return arguments;
  }

  private static boolean hidesScreen(Launch launch) {
    return (launch.console() instanceof GuestConsole.Serial
            || launch.console() instanceof GuestConsole.None)
        && SCREENS.stream().noneMatch(launch.options()::contains);
  }

  private static List<String> serial(String id, Path socket) {
    return List.of(
        "-chardev",
        "socket,id=" + id + ",path=" + QemuCommandLine.escape(socket) + ",server=on,wait=off",
        "-serial",
        "chardev:" + id);
  }

  private static List<String> vnc(GuestConsole.Vnc vnc) {
    return List.of(
        "-vnc",
        GuestConsole.literal(vnc.host()) + ":" + (vnc.port() - ConsolePort.FIRST_VNC_PORT),
        // A pointer that says where it is: else the guest's runs away from the viewer's.
        "-machine",
        "usb=on",
        "-device",
        "usb-tablet");
  }

  private static List<String> spice(GuestConsole.Spice spice) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-spice",
                "addr="
                    + spice.host().getHostAddress()
                    + ",port="
                    + spice.port()
                    + ",disable-ticketing=on",
                "-vga",
                "qxl"));
    if (spice.agent()) {
      arguments.addAll(
          List.of(
              "-device",
              "virtio-serial",
              "-chardev",
              "spicevmc,id=vdagent,debug=0,name=vdagent",
              "-device",
              "virtserialport,chardev=vdagent,name=com.redhat.spice.0",
              "-chardev",
              "spiceport,name=org.spice-space.webdav.0,id=charchannel0",
              "-device",
              "virtserialport,chardev=charchannel0,id=channel0,name=org.spice-space.webdav.0"));
    }
    return arguments;
  }
}
