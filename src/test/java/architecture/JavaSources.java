package architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;

/**
 * Java sources, read with the compiler's own parser: what a class file no longer tells.
 */
final class JavaSources {

	static final Path MAIN = Path.of("src/main/java");

	private JavaSources() {
	}

	/** All files below a directory. */
	static List<JavaFileObject> below(Path root) {
		try (Stream<Path> files = Files.walk(root)) {
			return files.filter((file) -> file.toString().endsWith(".java"))
				.sorted()
				.map((file) -> source(file.toUri(), read(file)))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** A source of a test's own. */
	static List<JavaFileObject> of(String text) {
		return List.of(source(URI.create("string:///Sample.java"), text));
	}

	private static JavaFileObject source(URI uri, String text) {
		return new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
			@Override
			public CharSequence getCharContent(boolean ignoreEncodingErrors) {
				return text;
			}
		};
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Sends a scanner through sources. */
	static <S extends TreePathScanner<Void, Void>> S scan(List<JavaFileObject> sources,
			Function<JavacTask, S> newScanner) {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
			JavacTask task = (JavacTask) compiler.getTask(null, files, null, List.of("-proc:none"), null, sources);
			S scanner = newScanner.apply(task);
			for (CompilationUnitTree unit : task.parse()) {
				scanner.scan(unit, null);
			}
			return scanner;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** All words in quotes. */
	static List<Literal> literals(List<JavaFileObject> sources) {
		return scan(sources, (task) -> new Literals()).found;
	}

	/**
	 * Words in quotes.
	 *
	 * @param where the file's name
	 * @param value the words
	 * @param call the method they are handed to, empty for none
	 * @param parameters what {@code param("…")} calls follow in the same chain
	 * @param complete whether that chain ends in a query or an update, so that no other
	 * {@code param} can follow elsewhere
	 */
	record Literal(String where, String value, String call, Set<String> parameters, boolean complete) {

	}

	private static final class Literals extends TreePathScanner<Void, Void> {

		private final List<Literal> found = new ArrayList<>();

		@Override
		public Void visitLiteral(LiteralTree literal, Void nothing) {
			if (literal.getValue() instanceof String value) {
				TreePath call = getCurrentPath().getParentPath();
				while (call.getLeaf() instanceof ExpressionTree && !(call.getLeaf() instanceof MethodInvocationTree)) {
					call = call.getParentPath();
				}
				boolean handed = call.getLeaf() instanceof MethodInvocationTree;
				Set<String> parameters = new LinkedHashSet<>();
				String last = handed ? follow(call, parameters) : "";
				String path = getCurrentPath().getCompilationUnit().getSourceFile().getName();
				this.found.add(new Literal(path.substring(path.lastIndexOf('/') + 1), value,
						handed ? name((MethodInvocationTree) call.getLeaf()) : "", parameters,
						Set.of("query", "update", "single", "list", "optional").contains(last)));
			}
			return super.visitLiteral(literal, nothing);
		}

		/** Goes up a chain of calls; the last one's name is the answer. */
		private static String follow(TreePath call, Set<String> parameters) {
			String last = name((MethodInvocationTree) call.getLeaf());
			TreePath next = call.getParentPath();
			while (next.getLeaf() instanceof MemberSelectTree
					&& next.getParentPath().getLeaf() instanceof MethodInvocationTree invocation
					&& invocation.getMethodSelect() == next.getLeaf()) {
				last = name(invocation);
				if (last.equals("param") && invocation.getArguments().get(0) instanceof LiteralTree parameter) {
					parameters.add((String) parameter.getValue());
				}
				next = next.getParentPath().getParentPath();
			}
			return last;
		}

		private static String name(MethodInvocationTree call) {
			Tree method = call.getMethodSelect();
			if (method instanceof MemberSelectTree select) {
				return select.getIdentifier().toString();
			}
			return (method instanceof IdentifierTree identifier) ? identifier.getName().toString() : "";
		}

	}

}
