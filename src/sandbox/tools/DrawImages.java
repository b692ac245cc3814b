import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.BiConsumer;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * Draws the listings' pictures, so that the sandbox ships with images nobody owns:
 * {@code java src/sandbox/tools/DrawImages.java src/sandbox/resources/sandbox/images}. The
 * same run draws the same pictures.
 */
public class DrawImages {

	private static final int WIDTH = 1200;

	private static final int HEIGHT = 800;

	private static final String[][] HOUSES = {
			// sky top, sky bottom, wall, accent, roof, ground
			{ "#8fc7ee", "#f6ead6", "#f4efe6", "#c98f5d", "#6b4a3a", "#7fae6b" },
			{ "#f7b48a", "#fde6c8", "#fff8ee", "#2f5d62", "#a5483c", "#8aa665" },
			{ "#6f9fd8", "#d9ecf7", "#dfe5ea", "#31475e", "#2d3640", "#6fa06f" },
			{ "#b7a4dc", "#fbdcd2", "#f8f1e7", "#8d5b7d", "#57455f", "#86a872" },
			{ "#74c3c0", "#f1f4dc", "#fdf6e3", "#d9822b", "#8a5a2b", "#79a95e" },
			{ "#9db8d9", "#f2e6dc", "#e9dccb", "#7b8f5c", "#4f5b3d", "#8fb06d" },
			{ "#f2a07b", "#f9d9b5", "#e8e2db", "#b5533c", "#3d3434", "#93a86a" },
			{ "#5d8fc0", "#cfe6ee", "#ffffff", "#e0b04c", "#4a5a6a", "#6f9f74" } };

	private static final String[][] ROOMS = {
			// wall, floor, main, accent, wood
			{ "#f1ebe1", "#c79f76", "#5e7d7e", "#e2a55e", "#8b5e3c" }, { "#e5ecea", "#b88f6a", "#c46d4e", "#f0c66b", "#6d4a34" },
			{ "#f6e9df", "#a97c57", "#3f5873", "#dd7f5b", "#7a5236" }, { "#e9e6f0", "#c9ab86", "#7d6a9a", "#f2b6a0", "#8a6a4d" },
			{ "#eaf0e2", "#b4926b", "#67854f", "#f3d082", "#77552f" } };

	public static void main(String[] args) throws IOException {
		Path directory = Path.of(args[0]);
		Files.createDirectories(directory);
		for (int i = 0; i < HOUSES.length; i++) {
			int variant = i;
			write(directory.resolve("house-%d.jpg".formatted(i + 1)), (g, random) -> house(g, random, variant), i);
		}
		for (int i = 0; i < ROOMS.length; i++) {
			String[] colours = ROOMS[i];
			write(directory.resolve("living-%d.jpg".formatted(i + 1)), (g, random) -> living(g, random, colours), 20 + i);
			write(directory.resolve("bedroom-%d.jpg".formatted(i + 1)), (g, random) -> bedroom(g, random, colours), 40 + i);
			if (i < 4) {
				write(directory.resolve("kitchen-%d.jpg".formatted(i + 1)), (g, random) -> kitchen(g, random, colours), 60 + i);
			}
			if (i < 3) {
				write(directory.resolve("bathroom-%d.jpg".formatted(i + 1)), (g, random) -> bathroom(g, random, colours),
						80 + i);
			}
		}
	}

	private static void house(Graphics2D g, Random random, int variant) {
		String[] c = HOUSES[variant];
		gradient(g, c[0], c[1], 0, 0, 0, 560, WIDTH, 560);
		g.setColor(alpha("#fff6df", 190));
		int sun = 140 + random.nextInt(900);
		oval(g, sun, 90, 110, 110);
		g.setColor(alpha("#ffffff", 60));
		oval(g, sun - 35, 55, 180, 180);
		for (int i = 0; i < 4; i++) {
			cloud(g, 80 + random.nextInt(1000), 60 + random.nextInt(170), 0.6 + random.nextDouble() * 0.7);
		}
		g.setColor(mix(c[5], c[1], 0.55));
		hill(g, 470, 70, random.nextDouble() * 6, 0.006);
		g.setColor(mix(c[5], c[1], 0.3));
		hill(g, 520, 40, random.nextDouble() * 6, 0.009);
		gradient(g, c[5], mixHex(c[5], "#2f4a2f", 0.35), 0, 560, 0, 800, WIDTH, 240);
		g.setColor(mix("#d9cdbb", c[1], 0.3));
		polygon(g, 520, 620, 680, 620, 860, 800, 340, 800); // drive
		int storeys = 1 + variant % 3;
		int width = (variant % 2 == 0) ? 640 : 540;
		int storey = (storeys == 3) ? 125 : 150;
		int left = 600 - width / 2;
		int top = 620 - storeys * storey;
		g.setColor(alpha("#1d2a22", 60));
		oval(g, left - 40, 590, width + 120, 60);
		gradient(g, c[2], mixHex(c[2], "#000000", 0.10), left, top, left + width, 620, width, storeys * storey, left, top);
		g.setColor(colour(c[3]));
		g.fillRect(left + width - 150, top, 150, storeys * storey);
		if (variant % 2 == 0) { // pitched roof
			g.setColor(colour(c[4]));
			polygon(g, left - 45, top, 600, top - 130, left + width + 45, top);
			g.setColor(mix(c[4], "#ffffff", 0.14));
			polygon(g, left - 45, top, 600, top - 130, 600, top);
		}
		else { // flat roof with parapet
			g.setColor(colour(c[4]));
			g.fillRect(left - 22, top - 26, width + 44, 30);
			g.fillRect(left + 60, top - 66, 150, 44);
		}
		for (int s = 0; s < storeys; s++) {
			int y = top + s * storey + 32;
			boolean ground = s == storeys - 1;
			int columns = 4;
			for (int k = 0; k < columns; k++) {
				int x = left + 48 + k * (width - 96) / columns;
				if (ground && k == 1) {
					continue;
				}
				window(g, x, y, (width - 96) / columns - 34, storey - 66, c, random.nextBoolean());
			}
			if (!ground) {
				g.setColor(mix(c[4], "#ffffff", 0.1));
				g.fillRect(left + 24, y + storey - 50, width - 200, 10);
				for (int x = left + 24; x < left + width - 176; x += 18) {
					g.fillRect(x, y + storey - 72, 4, 24);
				}
			}
		}
		int door = left + 48 + (width - 96) / 4;
		g.setColor(colour(c[3]));
		round(g, door + 4, 620 - 108, 76, 108, 10);
		g.setColor(mix(c[3], "#ffffff", 0.3));
		round(g, door + 16, 620 - 94, 52, 40, 6);
		g.setColor(colour("#f2d28b"));
		oval(g, door + 64, 562, 9, 9);
		g.setColor(mix("#d9cdbb", "#000000", 0.08));
		g.fillRect(door - 10, 620, 104, 12);
		palm(g, left - 90, 640, 1.0 + random.nextDouble() * 0.25, random);
		palm(g, left + width + 80, 650, 0.85 + random.nextDouble() * 0.3, random);
		for (int i = 0; i < 9; i++) {
			int x = (i % 2 == 0) ? random.nextInt(300) : 880 + random.nextInt(300);
			bush(g, x, 640 + random.nextInt(120), 0.6 + random.nextDouble() * 0.6, c[5]);
		}
		g.setColor(mix("#efe7d8", c[2], 0.4));
		for (int x = 0; x < WIDTH; x += 46) {
			if (x < 330 || x > 840) {
				round(g, x, 726, 12, 74, 6);
			}
		}
		g.fillRect(0, 744, 336, 10);
		g.fillRect(850, 744, 350, 10);
	}

	private static void window(Graphics2D g, int x, int y, int w, int h, String[] c, boolean lit) {
		g.setColor(mix(c[2], "#000000", 0.25));
		round(g, x - 5, y - 5, w + 10, h + 10, 8);
		gradient(g, lit ? "#ffe6a8" : "#bfe0ee", lit ? "#f6b765" : "#6fa3bd", x, y, x + w, y + h, w, h, x, y);
		g.setColor(alpha("#ffffff", 70));
		polygon(g, x, y, x + w / 2, y, x + w / 5, y + h, x, y + h);
		g.setColor(colour("#fbf8f2"));
		g.fillRect(x + w / 2 - 3, y, 6, h);
		g.fillRect(x, y + h / 2 - 3, w, 5);
		g.fillRect(x - 8, y + h + 3, w + 16, 8);
	}

	private static void living(Graphics2D g, Random random, String[] c) {
		room(g, c);
		bigWindow(g, 90, 120, 380, 330, random);
		curtain(g, 60, 100, c[3]);
		curtain(g, 438, 100, c[3]);
		picture(g, 640, 130, 170, 130, c, random);
		picture(g, 838, 150, 110, 150, c, random);
		g.setColor(mix(c[2], "#ffffff", 0.55)); // rug
		oval(g, 230, 640, 780, 130);
		g.setColor(mix(c[2], "#ffffff", 0.7));
		oval(g, 280, 655, 680, 98);
		g.setColor(alpha("#000000", 40));
		oval(g, 460, 612, 560, 46);
		g.setColor(mix(c[2], "#000000", 0.12)); // sofa
		round(g, 480, 400, 520, 180, 46);
		g.setColor(colour(c[2]));
		round(g, 450, 455, 90, 165, 36);
		round(g, 940, 455, 90, 165, 36);
		round(g, 520, 500, 440, 110, 26);
		g.setColor(mix(c[2], "#ffffff", 0.12));
		round(g, 528, 488, 208, 62, 24);
		round(g, 744, 488, 208, 62, 24);
		g.setColor(colour(c[3]));
		tilted(g, 575, 430, 92, 84, -0.15);
		g.setColor(mix(c[3], "#ffffff", 0.5));
		tilted(g, 838, 434, 88, 80, 0.18);
		g.setColor(colour(c[4]));
		for (int x : new int[] { 500, 960 }) {
			g.fillRect(x, 612, 16, 30);
		}
		round(g, 330, 640, 300, 22, 10); // table
		g.fillRect(360, 660, 12, 66);
		g.fillRect(588, 660, 12, 66);
		g.setColor(mix(c[3], "#ffffff", 0.25));
		round(g, 430, 606, 46, 36, 10);
		leaf(g, 452, 606, 46, "#5f8a55", random);
		lamp(g, 1096, 640, c);
		plant(g, 215, 640, 1.15, random, c);
	}

	private static void bedroom(Graphics2D g, Random random, String[] c) {
		room(g, c);
		g.setColor(mix(c[2], c[0], 0.55));
		g.fillRect(330, 60, 560, 470);
		g.setColor(alpha("#ffffff", 40));
		for (int x = 330; x < 890; x += 70) {
			g.fillRect(x, 60, 4, 470);
		}
		bigWindow(g, 60, 140, 210, 300, random);
		curtain(g, 30, 120, c[3]);
		curtain(g, 240, 120, c[3]);
		g.setColor(mix(c[3], "#ffffff", 0.6));
		oval(g, 250, 650, 720, 120);
		g.setColor(colour(c[4]));
		round(g, 370, 300, 480, 220, 28);
		g.setColor(mix(c[4], "#ffffff", 0.14));
		round(g, 392, 322, 436, 180, 20);
		g.setColor(alpha("#000000", 45));
		oval(g, 340, 660, 540, 46);
		g.setColor(colour("#fbf9f5"));
		round(g, 360, 440, 500, 220, 34);
		g.setColor(colour("#ffffff"));
		round(g, 405, 412, 190, 90, 34);
		round(g, 625, 412, 190, 90, 34);
		g.setColor(colour(c[3]));
		round(g, 520, 440, 180, 70, 28);
		gradientRound(g, c[2], mixHex(c[2], "#000000", 0.2), 350, 520, 520, 150, 36);
		g.setColor(mix(c[2], "#ffffff", 0.3));
		round(g, 350, 520, 520, 34, 20);
		g.setColor(colour(c[4]));
		for (int x : new int[] { 250, 885 }) {
			round(g, x, 520, 90, 110, 10);
			g.setColor(mix(c[4], "#ffffff", 0.25));
			g.fillRect(x + 36, 570, 18, 6);
			g.setColor(colour("#f2c879"));
			polygon(g, x + 22, 470, x + 68, 470, x + 82, 515, x + 8, 515);
			g.setColor(alpha("#ffe9b8", 80));
			oval(g, x - 30, 420, 150, 130);
			g.setColor(colour(c[4]));
		}
		picture(g, 515, 110, 190, 120, c, random);
		plant(g, 1075, 650, 1.25, random, c);
		lampPendant(g, 1020, 0, 190, c);
	}

	private static void kitchen(Graphics2D g, Random random, String[] c) {
		room(g, c);
		g.setColor(mix("#ffffff", c[0], 0.35)); // tiles
		g.fillRect(0, 250, WIDTH, 200);
		g.setColor(alpha("#000000", 16));
		for (int y = 250; y < 450; y += 40) {
			g.fillRect(0, y, WIDTH, 2);
			for (int x = (y / 40 % 2) * 40; x < WIDTH; x += 80) {
				g.fillRect(x, y, 2, 40);
			}
		}
		for (int i = 0; i < 6; i++) {
			int x = 20 + i * 200;
			if (i == 3) {
				g.setColor(mix("#c9d0d4", c[0], 0.2)); // hood
				polygon(g, x + 50, 40, x + 130, 40, x + 180, 230, x, 230);
				continue;
			}
			g.setColor(colour(c[2]));
			round(g, x, 40, 184, 190, 8);
			g.setColor(mix(c[2], "#ffffff", 0.12));
			round(g, x + 12, 52, 160, 166, 6);
			g.setColor(colour("#e9d3a2"));
			round(g, x + 150, 180, 8, 34, 4);
		}
		bigWindow(g, 250, 275, 300, 150, random);
		g.setColor(mix("#f3eee6", "#000000", 0.03));
		g.fillRect(0, 440, WIDTH, 26);
		for (int i = 0; i < 6; i++) {
			int x = 20 + i * 200;
			g.setColor(mix(c[2], "#000000", 0.08));
			round(g, x, 470, 184, 150, 8);
			g.setColor(colour("#e9d3a2"));
			round(g, x + 62, 486, 60, 8, 4);
		}
		g.setColor(colour("#2d3338")); // oven
		round(g, 624, 476, 176, 140, 8);
		g.setColor(alpha("#ffffff", 35));
		round(g, 644, 516, 136, 80, 8);
		g.setColor(colour("#2d3338"));
		g.fillRect(640, 430, 150, 12);
		bottle(g, 70, 440, "#7ea37a");
		bottle(g, 110, 440, c[3]);
		leaf(g, 930, 440, 70, "#5f8a55", random);
		g.setColor(mix(c[3], "#ffffff", 0.4));
		round(g, 906, 402, 48, 40, 8);
		g.setColor(alpha("#000000", 40));
		oval(g, 220, 730, 780, 50);
		g.setColor(colour(c[4])); // island
		round(g, 250, 600, 700, 150, 10);
		g.setColor(mix(c[4], "#ffffff", 0.12));
		for (int x = 280; x < 920; x += 110) {
			round(g, x, 625, 92, 110, 6);
		}
		g.setColor(colour("#fbf7f0"));
		round(g, 220, 570, 760, 36, 12);
		g.setColor(colour(c[3]));
		round(g, 540, 534, 120, 40, 20);
		g.setColor(colour("#d65f45"));
		oval(g, 560, 516, 34, 34);
		g.setColor(colour("#e8a33d"));
		oval(g, 592, 512, 36, 36);
		g.setColor(colour("#7fa650"));
		oval(g, 622, 518, 30, 30);
		lampPendant(g, 380, 0, 300, c);
		lampPendant(g, 820, 0, 300, c);
	}

	private static void bathroom(Graphics2D g, Random random, String[] c) {
		room(g, c);
		g.setColor(mix(c[2], "#ffffff", 0.72));
		g.fillRect(0, 0, WIDTH, 620);
		g.setColor(alpha("#ffffff", 120));
		for (int y = 0; y < 620; y += 62) {
			g.fillRect(0, y, WIDTH, 3);
		}
		for (int x = 0; x < WIDTH; x += 62) {
			g.fillRect(x, 0, 3, 620);
		}
		g.setColor(mix(c[1], "#e9e4db", 0.7));
		g.fillRect(0, 620, WIDTH, 180);
		bigWindow(g, 800, 90, 260, 260, random);
		g.setColor(colour(c[4]));
		round(g, 110, 430, 420, 40, 8);
		g.setColor(mix(c[4], "#ffffff", 0.15));
		round(g, 120, 470, 400, 160, 8);
		g.setColor(colour("#ffffff"));
		round(g, 200, 380, 240, 60, 30);
		g.setColor(colour("#c8a45c"));
		round(g, 312, 330, 14, 60, 6);
		round(g, 312, 326, 60, 14, 6);
		g.setColor(colour(c[4]));
		oval(g, 196, 70, 248, 248);
		gradient(g, "#e6f2f4", "#a9c7cf", 210, 84, 430, 300, 0, 0, 0, 0);
		g.fill(new Ellipse2D.Double(210, 84, 220, 220));
		g.setColor(alpha("#000000", 36));
		oval(g, 640, 690, 520, 40);
		g.setColor(colour("#ffffff"));
		Path2D tub = new Path2D.Double();
		tub.moveTo(630, 500);
		tub.lineTo(1150, 500);
		tub.curveTo(1140, 690, 1090, 715, 1020, 715);
		tub.lineTo(760, 715);
		tub.curveTo(690, 715, 640, 690, 630, 500);
		g.fill(tub);
		g.setColor(mix("#dfe6e8", c[0], 0.2));
		round(g, 620, 484, 540, 30, 15);
		g.setColor(alpha(c[3], 220));
		round(g, 1010, 484, 90, 120, 10);
		plant(g, 590, 640, 0.9, random, c);
	}

	private static void room(Graphics2D g, String[] c) {
		gradient(g, mixHex(c[0], "#ffffff", 0.35), c[0], 0, 0, 0, 620, WIDTH, 620);
		gradient(g, c[1], mixHex(c[1], "#000000", 0.18), 0, 600, 0, 800, WIDTH, 200, 0, 600);
		g.setColor(alpha("#000000", 22));
		for (int i = 1; i < 5; i++) {
			g.fillRect(0, 600 + i * i * 9, WIDTH, 2);
		}
		g.setColor(mix(c[0], "#ffffff", 0.6));
		g.fillRect(0, 588, WIDTH, 16);
	}

	private static void bigWindow(Graphics2D g, int x, int y, int w, int h, Random random) {
		g.setColor(colour("#fdfbf7"));
		round(g, x - 14, y - 14, w + 28, h + 28, 8);
		Shape clip = g.getClip();
		g.clipRect(x, y, w, h);
		gradient(g, "#9fd0ee", "#f4ecd8", x, y, x, y + h, w, h, x, y);
		cloud(g, x + random.nextInt(Math.max(1, w / 2)), y + 30, 0.6);
		g.setColor(colour("#8db27c"));
		oval(g, x - 60, y + h - 70, w, 160);
		g.setColor(colour("#739e69"));
		oval(g, x + w / 3, y + h - 50, w, 150);
		g.setClip(clip);
		g.setColor(colour("#fdfbf7"));
		g.fillRect(x + w / 2 - 5, y, 10, h);
		g.fillRect(x, y + h / 2 - 4, w, 8);
	}

	private static void curtain(Graphics2D g, int x, int y, String colour) {
		for (int i = 0; i < 4; i++) {
			g.setColor(mix(colour, (i % 2 == 0) ? "#ffffff" : "#000000", (i % 2 == 0) ? 0.35 : 0.05));
			round(g, x + i * 16, y, 20, 470, 12);
		}
	}

	private static void picture(Graphics2D g, int x, int y, int w, int h, String[] c, Random random) {
		g.setColor(colour(c[4]));
		round(g, x, y, w, h, 6);
		g.setColor(colour("#fbf8f2"));
		g.fillRect(x + 9, y + 9, w - 18, h - 18);
		Shape clip = g.getClip();
		g.clipRect(x + 16, y + 16, w - 32, h - 32);
		g.setColor(mix(c[3], "#ffffff", 0.55));
		g.fillRect(x, y, w, h);
		for (int i = 0; i < 5; i++) {
			g.setColor(mix((i % 2 == 0) ? c[2] : c[3], "#ffffff", random.nextDouble() * 0.5));
			int size = 30 + random.nextInt(70);
			oval(g, x + random.nextInt(w), y + random.nextInt(h), size, size);
		}
		g.setClip(clip);
	}

	private static void lamp(Graphics2D g, int x, int y, String[] c) {
		g.setColor(alpha("#ffe7b0", 70));
		oval(g, x - 130, 200, 260, 260);
		g.setColor(colour("#3b3a3a"));
		g.fillRect(x - 4, 330, 8, y - 330);
		oval(g, x - 44, y - 8, 88, 18);
		g.setColor(colour("#f7d998"));
		polygon(g, x - 40, 260, x + 40, 260, x + 66, 350, x - 66, 350);
	}

	private static void lampPendant(Graphics2D g, int x, int y, int length, String[] c) {
		g.setColor(colour("#3b3a3a"));
		g.fillRect(x - 2, y, 4, length - 60);
		g.setColor(alpha("#ffe7b0", 80));
		oval(g, x - 90, length - 90, 180, 160);
		g.setColor(colour(c[3]));
		polygon(g, x - 18, length - 62, x + 18, length - 62, x + 58, length, x - 58, length);
		g.setColor(colour("#fff2cf"));
		oval(g, x - 18, length - 12, 36, 26);
	}

	private static void plant(Graphics2D g, int x, int y, double size, Random random, String[] c) {
		for (int i = 0; i < 9; i++) {
			leaf(g, x, (int) (y - 70 * size), (int) (120 * size), (i % 2 == 0) ? "#4f7d4f" : "#6c9a5e", random);
		}
		g.setColor(colour(c[3]));
		polygon(g, x - (int) (42 * size), y - (int) (74 * size), x + (int) (42 * size), y - (int) (74 * size),
				x + (int) (30 * size), y, x - (int) (30 * size), y);
	}

	private static void leaf(Graphics2D g, int x, int y, int length, String colour, Random random) {
		AffineTransform before = g.getTransform();
		g.translate(x, y);
		g.rotate((random.nextDouble() - 0.5) * 2.1);
		g.setColor(colour(colour));
		Path2D leaf = new Path2D.Double();
		leaf.moveTo(0, 0);
		leaf.curveTo(-length * 0.28, -length * 0.4, -length * 0.16, -length * 0.85, 0, -length);
		leaf.curveTo(length * 0.16, -length * 0.85, length * 0.28, -length * 0.4, 0, 0);
		g.fill(leaf);
		g.setTransform(before);
	}

	private static void palm(Graphics2D g, int x, int y, double size, Random random) {
		g.setColor(alpha("#1d2a22", 50));
		oval(g, x - 60, y - 12, 130, 24);
		g.setColor(colour("#8a6a4a"));
		g.setStroke(new BasicStroke((float) (16 * size), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
		Path2D trunk = new Path2D.Double();
		trunk.moveTo(x, y);
		trunk.quadTo(x + 26 * size, y - 150 * size, x + 6 * size, y - 290 * size);
		g.draw(trunk);
		AffineTransform before = g.getTransform();
		g.translate(x + 6 * size, y - 290 * size);
		for (int i = 0; i < 9; i++) {
			AffineTransform crown = g.getTransform();
			g.rotate(-2.6 + i * 0.65 + random.nextDouble() * 0.2);
			g.setColor(colour((i % 2 == 0) ? "#3f7d53" : "#57945c"));
			Path2D frond = new Path2D.Double();
			frond.moveTo(0, 0);
			frond.quadTo(80 * size, -56 * size, 156 * size, 28 * size);
			frond.quadTo(76 * size, -16 * size, 0, 0);
			g.fill(frond);
			g.setTransform(crown);
		}
		g.setTransform(before);
	}

	private static void bush(Graphics2D g, int x, int y, double size, String colour) {
		g.setColor(mix(colour, "#1f4a2c", 0.35));
		oval(g, x, y, (int) (110 * size), (int) (64 * size));
		g.setColor(mix(colour, "#2f6a3c", 0.25));
		oval(g, x + (int) (30 * size), y - (int) (22 * size), (int) (80 * size), (int) (64 * size));
	}

	private static void cloud(Graphics2D g, int x, int y, double size) {
		g.setColor(alpha("#ffffff", 150));
		oval(g, x, y, (int) (120 * size), (int) (44 * size));
		oval(g, x + (int) (30 * size), y - (int) (24 * size), (int) (70 * size), (int) (56 * size));
		oval(g, x + (int) (70 * size), y - (int) (8 * size), (int) (90 * size), (int) (46 * size));
	}

	private static void bottle(Graphics2D g, int x, int y, String colour) {
		g.setColor(colour(colour));
		round(g, x, y - 70, 28, 70, 10);
		g.fillRect(x + 9, y - 92, 10, 26);
	}

	private static void hill(Graphics2D g, int base, int height, double phase, double frequency) {
		Path2D hill = new Path2D.Double();
		hill.moveTo(0, HEIGHT);
		for (int x = 0; x <= WIDTH; x += 10) {
			hill.lineTo(x, base - height * Math.sin(phase + x * frequency));
		}
		hill.lineTo(WIDTH, HEIGHT);
		g.fill(hill);
	}

	private static void tilted(Graphics2D g, int x, int y, int w, int h, double angle) {
		AffineTransform before = g.getTransform();
		g.rotate(angle, x + w / 2.0, y + h / 2.0);
		round(g, x, y, w, h, 20);
		g.setTransform(before);
	}

	private static void gradient(Graphics2D g, String from, String to, int x1, int y1, int x2, int y2, int w, int h) {
		gradient(g, from, to, x1, y1, x2, y2, w, h, x1, y1);
	}

	private static void gradient(Graphics2D g, String from, String to, int x1, int y1, int x2, int y2, int w, int h, int x,
			int y) {
		g.setPaint(new GradientPaint(x1, y1, colour(from), x2, y2, colour(to)));
		g.fillRect(x, y, w, h);
	}

	private static void gradientRound(Graphics2D g, String from, String to, int x, int y, int w, int h, int arc) {
		g.setPaint(new GradientPaint(x, y, colour(from), x, y + h, colour(to)));
		round(g, x, y, w, h, arc);
	}

	private static void round(Graphics2D g, int x, int y, int w, int h, int arc) {
		g.fill(new RoundRectangle2D.Double(x, y, w, h, arc, arc));
	}

	private static void oval(Graphics2D g, int x, int y, int w, int h) {
		g.fill(new Ellipse2D.Double(x, y, w, h));
	}

	private static void polygon(Graphics2D g, int... points) {
		Path2D path = new Path2D.Double();
		path.moveTo(points[0], points[1]);
		for (int i = 2; i < points.length; i += 2) {
			path.lineTo(points[i], points[i + 1]);
		}
		path.closePath();
		g.fill(path);
	}

	private static Color colour(String hex) {
		return Color.decode(hex);
	}

	private static Color alpha(String hex, int alpha) {
		Color colour = colour(hex);
		return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), alpha);
	}

	private static Color mix(String one, String other, double share) {
		Color a = colour(one);
		Color b = colour(other);
		return new Color((int) (a.getRed() * (1 - share) + b.getRed() * share),
				(int) (a.getGreen() * (1 - share) + b.getGreen() * share),
				(int) (a.getBlue() * (1 - share) + b.getBlue() * share));
	}

	private static String mixHex(String one, String other, double share) {
		return "#%06x".formatted(mix(one, other, share).getRGB() & 0xffffff);
	}

	private static void write(Path file, BiConsumer<Graphics2D, Random> drawing, int seed) throws IOException {
		BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
		Graphics2D g = image.createGraphics();
		g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
		g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
		drawing.accept(g, new Random(seed));
		g.dispose();
		BufferedImage small = new BufferedImage(960, 640, BufferedImage.TYPE_INT_RGB);
		Graphics2D scaled = small.createGraphics();
		scaled.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
		scaled.drawImage(image, 0, 0, 960, 640, null);
		scaled.dispose();
		ImageWriter writer = ImageIO.getImageWritersByFormatName("jpg").next();
		ImageWriteParam parameters = writer.getDefaultWriteParam();
		parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
		parameters.setCompressionQuality(0.7f);
		Files.deleteIfExists(file);
		try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
			writer.setOutput(out);
			writer.write(null, new IIOImage(small, null, null), parameters);
		}
		writer.dispose();
	}

}
