package io.patchbay.netstack.filter;

import io.patchbay.netstack.bpf.Program;
import io.patchbay.netstack.wire.Frame;
import java.util.List;

/** Drops the frames that match one of several BPF programs. */
public final class BpfDrop extends DropFilter {
  private final List<Program> programs;

  public BpfDrop(List<Program> programs) {
    this.programs = List.copyOf(programs);
  }

  @Override
  boolean drops(Frame frame) {
    for (Program program : programs) {
      if (program.matches(frame)) {
        return true;
      }
    }
    return false;
  }
}
