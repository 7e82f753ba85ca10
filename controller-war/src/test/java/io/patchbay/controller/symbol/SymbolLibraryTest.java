package io.patchbay.controller.symbol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.controller.picture.Size;
import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.LabException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SymbolLibraryTest {
  private static final int LIMIT = 2000;

  @TempDir private Path home;
  private Path directory;
  private SymbolLibrary symbols;

  @BeforeEach
  void open() {
    directory = home.resolve("symbols");
    symbols = new SymbolLibrary(directory, LIMIT);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void store(String id, String content) {
    symbols.store(id, new ByteArrayInputStream(bytes(content)));
  }

  @Test
  void everyBuiltinPictureIsAPassiveDrawingWithASize() {
    assertEquals(43 + 8 * 70, symbols.all().size());
    for (Symbol symbol : symbols.all()) {
      Picture picture = symbols.picture(symbol.id());
      assertEquals("image/svg+xml", picture.mediaType(), symbol.id());
      assertDoesNotThrow(picture::requirePassive, symbol.id());
      assertTrue(picture.size().orElseThrow().width() > 0, symbol.id());
    }
  }

  @Test
  void everyDefaultSymbolExists() {
    assertEquals(7, symbols.defaults().size());
    symbols
        .defaults()
        .forEach(
            (theme, devices) ->
                devices
                    .asJsonObject()
                    .forEach(
                        (device, id) ->
                            assertTrue(
                                symbols.all().stream()
                                    .anyMatch(
                                        known ->
                                            known.theme().equals(theme)
                                                && ('"' + known.id() + '"').equals(id.toString())),
                                theme + " " + device)));
  }

  @ParameterizedTest
  @CsvSource({
    ":/symbols/computer.svg, 65, 59",
    ":/symbols/classic/computer.svg, 65, 59",
    ":/symbols/ethernet_switch.svg, 72, 32",
    ":/symbols/cloud.svg, 159, 71",
    ":/symbols/affinity/circle/green/router.svg, 60, 60",
    "nothing.svg, 65, 59",
    "../../../etc/passwd, 65, 59",
    "/etc/passwd, 65, 59",
    "/somewhere/router.svg, 66, 45"
  })
  void aSymbolHasASizeWhateverItsId(String id, int width, int height) {
    assertEquals(new Size(width, height), symbols.size(id));
  }

  @Test
  void anUploadIsStoredUnderTheLastPartOfItsId() throws Exception {
    String svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"30\"/>";
    store("../../a/mine.svg", svg);
    assertEquals(svg, Files.readString(directory.resolve("mine.svg")));
    assertEquals(new Size(40, 30), symbols.size("mine.svg"));
    assertEquals("image/svg+xml", symbols.picture("mine.svg").mediaType());
    Symbol listed = symbols.all().getLast();
    assertEquals(new Symbol("mine.svg", "Custom symbols", false), listed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "<rect onclick='alert(1)'/>",
        "<a href='java&#10;script:alert(1)'/>",
        "<a xmlns:xlink='http://www.w3.org/1999/xlink' xlink:href='data:text/html,x'/>",
        "<foreignObject><b/></foreignObject>",
        "<a><set attributeName='href' to='javascript:alert(1)'/></a>"
      })
  void activeContentIsRefused(String inside) throws Exception {
    LabException refused =
        assertThrows(
            LabException.class,
            () -> store("x.svg", "<svg xmlns='http://www.w3.org/2000/svg'>" + inside + "</svg>"));
    assertEquals(ErrorCode.INVALID, refused.code());
    assertFalse(Files.exists(directory.resolve("x.svg")));
  }

  @Test
  void aStylesheetThatIsAProgramIsRefused() {
    assertThrows(
        LabException.class,
        () -> store("x.svg", "<?xml-stylesheet href='x.xsl'?><svg width='1' height='1'/>"));
  }

  @Test
  void aPictureThatIsTooLargeOrHasNoNameIsRefused() {
    assertThrows(LabException.class, () -> store("x.svg", "x".repeat(LIMIT + 1)));
    for (String name : new String[] {"a/", ".hidden", "..", "a/.."}) {
      assertThrows(LabException.class, () -> store(name, "<svg width='1' height='1'/>"), name);
    }
    assertFalse(Files.exists(directory));
  }

  @Test
  void whatCannotBeCheckedIsNeverServedAsADrawing() {
    store("odd.svg", "no picture at all");
    assertEquals("application/octet-stream", symbols.picture("odd.svg").mediaType());
    assertEquals(Optional.of(Size.UNKNOWN), symbols.picture("odd.svg").size());
    store("broken.svg", "<svg><script>");
    assertEquals("application/octet-stream", symbols.picture("broken.svg").mediaType());
    assertFalse(symbols.isReadable("broken.svg"));
    assertEquals(new Size(65, 59), symbols.size("broken.svg"));
  }

  @Test
  void aLinkOutOfTheDirectoryIsNotFollowed() throws Exception {
    Files.createDirectories(directory);
    Path secret = Files.writeString(home.resolve("secret"), "secret");
    Files.createSymbolicLink(directory.resolve("leak.svg"), secret);
    assertArrayEquals(
        symbols.picture(SymbolLibrary.COMPUTER).content(), symbols.picture("leak.svg").content());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "width=\"40\" height=\"30\"|40|30",
        "width=\"1in\" height=\"10mm\"|90|35",
        "width=\"50%\" height=\"30\" viewBox=\"0 0 80 60\"|40|30",
        "viewBox=\"0,0,80,60\"|80|60"
      })
  void sizesOfDrawingsComeInManyUnits(String attributes, int width, int height) {
    Picture picture = Picture.of(bytes("<svg " + attributes + "/>"));
    assertEquals(Optional.of(new Size(width, height)), picture.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg", "gif"})
  void sizesOfBitmapsAreRead(String format) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(7, 5, BufferedImage.TYPE_INT_RGB), format, out);
    Picture picture = Picture.of(out.toByteArray());
    assertEquals("image/" + format, picture.mediaType());
    assertEquals(Optional.of(new Size(7, 5)), picture.size());
    assertEquals(Optional.empty(), Picture.of(Arrays.copyOf(out.toByteArray(), 9)).size());
  }
}
