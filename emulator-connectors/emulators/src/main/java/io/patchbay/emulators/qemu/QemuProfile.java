package io.patchbay.emulators.qemu;

import io.patchbay.emulators.qemu.machine.QemuProgram;
import io.patchbay.emulators.qemu.machine.QemuSettings;
import jakarta.json.JsonObjectBuilder;

/**
 * What a node's machine is: changed as a whole, once everything in it is known to be right.
 *
 * @param images those that the settings name
 */
record QemuProfile(QemuProgram program, QemuSettings settings, QemuImages images) {
  /** What clients are not shown, but a node like this must be created with. */
  private static final String[] PRIVATE = {"linked_clone", "custom_adapters"};

  /** Whether a reset is enough to have the other one's machine. */
  boolean sameMachine(QemuProfile other) {
    return program.equals(other.program) && settings.sameMachine(other.settings);
  }

  void describe(JsonObjectBuilder node) {
    settings.values().forEach(node::add);
    for (String name : PRIVATE) {
      node.remove(name);
    }
    node.add("qemu_path", program.path().toString()).add("platform", program.platform());
    images.describeSums(node);
  }

  void describePrivately(JsonObjectBuilder node) {
    for (String name : PRIVATE) {
      node.add(name, settings.values().get(name));
    }
  }
}
