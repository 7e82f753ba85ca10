package io.patchbay.controller.picture;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.patchbay.spi.LabException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Whatever a client sends as a picture, it is measured or refused. */
class PictureFuzzTest {
  @FuzzTest
  void anySvgIsCheckedAndMeasured(byte[] document) {
    SvgSize.read(document);
    String text = new String(document, StandardCharsets.UTF_8);
    try {
      SvgCheck.require(text);
    } catch (LabException refused) {
      return;
    }
    assertFalse(text.toLowerCase(Locale.ROOT).contains("<script"), "a script was let through");
  }

  @FuzzTest
  void anyRasterIsMeasured(byte[] picture) {
    Raster.of(picture);
  }
}
