package io.patchbay.spi;

import java.util.List;

/**
 * A router whose waiting can be found out, so that its emulator need not run it then. Both take
 * from ten seconds up, and start the node for that time if it does not run.
 */
public interface IdlePcSource {
  /**
   * Values of the program counter at which the router may be waiting, each with how often it was
   * seen, such as {@code 0x6063ba10 [55]}.
   *
   * @throws LabException ({@link ErrorCode#CONFLICT}) if the router does not start or cannot be
   *     measured
   */
  List<String> idlePcProposals();

  /**
   * A value that was tried and works; the node keeps it.
   *
   * @throws LabException ({@link ErrorCode#CONFLICT}) if there is none
   */
  String findIdlePc();
}
