package io.patchbay.compute.image;

import io.patchbay.compute.lab.ComputeLab;
import io.patchbay.runtime.image.ImageKind;
import io.patchbay.runtime.image.ImageLibrary;
import jakarta.inject.Inject;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.PathParam;

/**
 * What resources about the images of an emulator have in common: whose images a request is about.
 */
abstract class EmulatorImages {
  static final String EMULATOR = "{emulator:qemu|dynamips|iou}";

  @Inject private ComputeLab lab;

  @PathParam("emulator")
  private String emulator;

  ImageLibrary library() {
    return lab.adapter().images();
  }

  ImageKind kind() {
    return ImageKind.named(emulator).orElseThrow(NotFoundException::new);
  }
}
