package io.patchbay.controller.picture;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.patchbay.spi.LabException;
import java.nio.charset.StandardCharsets;

/** Whatever a client sends as a picture, it is measured or refused. */
class PictureFuzzTest {
  @FuzzTest
  void anySvgIsCheckedAndMeasured(byte[] document) {
    SvgSize.read(document);
    try {
      SvgCheck.require(new String(document, StandardCharsets.UTF_8));
    } catch (LabException refused) {
      // That is how it should be.
    }
  }

  @FuzzTest
  void anyRasterIsMeasured(byte[] picture) {
    Raster.of(picture);
  }
}
