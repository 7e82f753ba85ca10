package io.patchbay.emulators.vmware;

import io.patchbay.emulators.vm.VmSettings;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a machine's settings file is while it is in a lab; {@link #undo} puts back what it was. */
final class LabSettings {
  /** Most adapters that a machine of VMware's has. */
  static final int MOST_ADAPTERS = 10;

  private static final Set<String> ELSEWHERE = Set.of("nat", "bridged", "hostonly");
  private static final String YES = "TRUE";
  private static final String NO = "FALSE";

  private final VmwareFile file;
  private final Map<String, Optional<String>> before = new LinkedHashMap<>();
  private final Map<Integer, String> networks = new LinkedHashMap<>();

  private LabSettings(VmwareFile file) {
    this.file = file;
  }

  /**
   * Changes the file of a machine that is off.
   *
   * @param pipe where its first serial port listens; empty if it is not wanted
   * @throws LabException (CONFLICT) if it cannot be changed or there are too few networks; nothing
   *     has changed then
   */
  static LabSettings apply(Path vmx, VmSettings settings, Vmnets vmnets, Optional<Path> pipe) {
    try {
      LabSettings result = new LabSettings(VmwareFile.read(vmx));
      try {
        for (int number = 0; number < settings.adapters(); number++) {
          result.adapter(number, settings, vmnets);
        }
        result.unplugOthers(settings.adapters());
        pipe.ifPresent(result::serial);
        result.file.write();
        return result;
      } catch (IOException | LabException failed) {
        vmnets.release(result.networks.values());
        throw failed;
      }
    } catch (IOException e) {
      throw LabException.conflict(vmx + " cannot be changed: " + e.getMessage());
    }
  }

  private static String ethernet(int number, String name) {
    return "ethernet" + number + "." + name;
  }

  /** Whether an adapter leads to somewhere of its own. */
  static boolean leadsElsewhere(VmwareFile file, int number) {
    return file.isTrue(ethernet(number, "present"))
        && file.get(ethernet(number, "connectionType")).filter(ELSEWHERE::contains).isPresent();
  }

  private void adapter(int number, VmSettings settings, Vmnets vmnets) {
    boolean elsewhere = leadsElsewhere(file, number);
    set(ethernet(number, "present"), YES);
    set(ethernet(number, "startConnected"), YES);
    set(ethernet(number, "virtualDev"), AdapterType.of(settings.adapterType(number)).device());
    address(number, settings.macAddress(number));
    if (elsewhere && !settings.usesAnyAdapter()) {
      return;
    }
    set(ethernet(number, "connectionType"), "custom");
    String now = file.get(ethernet(number, "vnet")).orElse("");
    boolean own = !now.isEmpty() && !vmnets.isManaged(now) && !Vmnets.isSpecial(now);
    String network = own ? Path.of(now).getFileName().toString() : vmnets.allocate();
    networks.put(number, network);
    set(ethernet(number, "vnet"), network);
  }

  private void address(int number, Optional<String> address) {
    if (address.isPresent()) {
      set(ethernet(number, "addressType"), "static");
      set(ethernet(number, "address"), address.get());
    } else if (file.get(ethernet(number, "addressType")).isEmpty()) {
      set(ethernet(number, "addressType"), "generated");
    }
  }

  private void unplugOthers(int from) {
    for (int number = from; number < MOST_ADAPTERS; number++) {
      if (file.isTrue(ethernet(number, "present"))) {
        set(ethernet(number, "startConnected"), NO);
      }
    }
  }

  private void serial(Path pipe) {
    set("serial0.present", YES);
    set("serial0.fileType", "pipe");
    set("serial0.fileName", pipe.toString());
    set("serial0.pipe.endPoint", "server");
    set("serial0.startConnected", YES);
  }

  private void set(String name, String value) {
    before.putIfAbsent(name, file.get(name));
    file.set(name, value);
  }

  /** Networks by the numbers of their adapters. */
  Map<Integer, String> networks() {
    return networks;
  }

  /** What {@link #undo} needs. */
  JsonObject before() {
    JsonObjectBuilder values = Json.createObjectBuilder();
    before.forEach(
        (name, value) ->
            value.ifPresentOrElse(text -> values.add(name, text), () -> values.addNull(name)));
    return values.build();
  }

  /**
   * Puts back what the file said, and leaves what VMware has written meanwhile.
   *
   * @throws LabException (CONFLICT) if it cannot be written
   */
  static void undo(Path vmx, JsonObject before) {
    try {
      VmwareFile file = VmwareFile.read(vmx);
      before.forEach(
          (name, value) -> {
            if (value instanceof JsonString text) {
              file.set(name, text.getString());
            } else {
              file.remove(name);
            }
          });
      file.write();
    } catch (IOException e) {
      throw LabException.conflict(vmx + " cannot be changed: " + e.getMessage());
    }
  }
}
