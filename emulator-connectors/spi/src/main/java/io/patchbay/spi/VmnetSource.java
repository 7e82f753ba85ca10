package io.patchbay.spi;

/** A node that can be given virtual networks of VMware's. */
public interface VmnetSource {
  /**
   * Reserves a network for this node, until it goes.
   *
   * @return the name of its interface
   * @throws LabException ({@link ErrorCode#CONFLICT}) if there is none left
   */
  String reserveVmnet();
}
