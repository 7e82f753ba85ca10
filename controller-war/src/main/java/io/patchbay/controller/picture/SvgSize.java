package io.patchbay.controller.picture;

import java.io.ByteArrayInputStream;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The size that an SVG document says.
 *
 * @param size empty if it says none
 */
public record SvgSize(Optional<Size> size) {
  /** One for each document, because factories may not be shared between threads. */
  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    // A document type is skipped: drawing programs write one, and nothing in it may be fetched.
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    return factory;
  }

  /** Reads a document; empty if it is no well-formed SVG. */
  public static Optional<SvgSize> read(byte[] document) {
    try {
      XMLStreamReader reader = factory().createXMLStreamReader(new ByteArrayInputStream(document));
      try {
        return read(reader);
      } finally {
        reader.close();
      }
    } catch (XMLStreamException | NumberFormatException malformed) {
      return Optional.empty();
    }
  }

  private static Optional<SvgSize> read(XMLStreamReader reader) throws XMLStreamException {
    Optional<SvgSize> found = Optional.empty();
    while (reader.hasNext()) {
      int event = reader.next();
      if (event == XMLStreamConstants.START_ELEMENT && found.isEmpty()) {
        if (!reader.getLocalName().equals("svg")) {
          return Optional.empty();
        }
        found = Optional.of(new SvgSize(size(reader)));
      } else if (event == XMLStreamConstants.ENTITY_REFERENCE) {
        return Optional.empty();
      }
    }
    return found;
  }

  private static Optional<Size> size(XMLStreamReader svg) {
    String width = attribute(svg, "width");
    String height = attribute(svg, "height");
    String[] box = attribute(svg, "viewBox").strip().split("[\\s,]+");
    boolean relative = width.endsWith("%") || height.endsWith("%");
    if (relative && box.length != 4) {
      return Optional.empty();
    }
    return Optional.of(
        new Size(
            Length.pixels(width, relative ? box[2] : ""),
            Length.pixels(height, relative ? box[3] : "")));
  }

  private static String attribute(XMLStreamReader svg, String name) {
    String value = svg.getAttributeValue(null, name);
    return value == null ? name.equals("viewBox") ? "" : "100%" : value.strip();
  }

  /** Lengths of SVG 1.1, section 7.10, at 90 pixels an inch as that version has it. */
  private enum Length {
    PT("pt", 1.25),
    PC("pc", 15),
    MM("mm", 3.543307),
    CM("cm", 35.43307),
    IN("in", 90),
    PX("px", 1);

    private final String suffix;
    private final double pixels;

    Length(String suffix, double pixels) {
      this.suffix = suffix;
      this.pixels = pixels;
    }

    /**
     * @param whole what a percentage is of
     */
    static int pixels(String length, String whole) {
      if (length.endsWith("%")) {
        double part = Double.parseDouble(length.substring(0, length.length() - 1)) / 100;
        return (int) Math.rint(Double.parseDouble(whole) * part);
      }
      for (Length unit : values()) {
        if (length.endsWith(unit.suffix)) {
          String number = length.substring(0, length.length() - unit.suffix.length());
          return (int) Math.rint(Double.parseDouble(number) * unit.pixels);
        }
      }
      return (int) Math.rint(Double.parseDouble(length));
    }
  }
}
