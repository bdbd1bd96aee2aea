using Endpoints.Wix.Api.Emitter.Facts;
using Endpoints.Wix.Api.Emitter.Naming;

namespace Endpoints.Wix.Api.Emitter.Writing;

/// <summary>Writes a module: a class with a method for each of a service's.</summary>
internal sealed class ModuleWriter(string vertical, TypeNames names, Values values, MessageWriter messages, EventNames events)
{
    private static readonly string[] Reading = ["query", "search", "count", "list", "aggregate"];

    /// <summary>The messages and enumerations that the module needs.</summary>
    public HashSet<string> Reached { get; } = new(StringComparer.Ordinal);

    public void Write(Code code, Service service)
    {
        var name = Identifiers.Module(service.Name);
        var methods = service.Methods.Where(method => method.PathParameters.All(path => IsBound(service, method, path))).ToList();
        code.Line();
        code.Summary($"Represents <c>{service.Name}</c> of <c>@wix/{vertical}</c>, called under one identity.");
        code.Line($"/// <seealso href=\"{service.Documentation}\"/>");
        code.Open($"public partial class {name} : WixModule, IWixModule<{name}>");
        code.Open($"private {name}(WixChannel channel) : base(channel)");
        code.Close();
        code.Line();
        code.Summary("Initializes a mock, which calls nothing.");
        code.Open($"protected {name}()");
        code.Close();
        code.Line();
        code.Line($"static {name} IWixModule<{name}>.Create(WixChannel channel) => new(channel);");
        HashSet<string> used = new(StringComparer.Ordinal) { name, "Calls", "Operations", "Errors", "Events", "Fields", "SendAsync" };
        List<Declared> declared = [];
        foreach (var method in methods)
        {
            var pascal = Identifiers.Pascal(method.Name);
            while (!used.Add(pascal))
                pascal += "Call";
            declared.Add(new(pascal, method, CallOf(method), Method(code, service, method, pascal)));
        }

        Operations(code, declared);
        Calls(code, declared);
        Errors(code, methods);
        Fields(code, declared);
        Events(code, service);
        code.Close();
    }

    private static bool IsBound(Service service, Method method, string path) => service.FieldAt(method.Request, path) is not null
        && method.Bindings.Any(
            bound => bound.Path == path
                || (bound.Path.EndsWith('*') && (bound.Path == "*" || path.StartsWith(bound.Path[..^1], StringComparison.Ordinal))));

    /// <returns>The operation's declaration.</returns>
    private string Method(Code code, Service service, Method method, string name)
    {
        var arguments = Arguments(service, method, name);
        foreach (var argument in arguments.Where(static one => one.Fields is not null))
        {
            foreach (var field in argument.Fields!)
                Reach(service, field.Type.Name);
            messages.Write(code, service, argument.Type,
                $"Represents the {(argument.Name == "options" ? "options" : $"<c>{argument.Name}</c>")} of <c>{method.Name}</c>.",
                argument.Fields!, isEntity: false);
        }

        var (answer, serializer) = Answer(service, method);
        var isPacked = method is { Query: "packed", Fallback: null };
        var hasBody = method.Query is null || method.Fallback is not null;
        var (verb, path) = CallOf(method);
        var type = hasBody ? $"WixOperation<global::System.Text.Json.Nodes.JsonObject, {answer}>" : $"WixOperation<{answer}>";

        code.Line();
        Documentation(code, method, arguments);
        if (method.IsDeprecated)
        {
            var instead = method.ReplacedBy is { } next ? $": use {next}" : "";
            code.Line($"[global::System.Obsolete(\"Wix has deprecated {method.Name}{instead}.\")]");
        }

        var calls = $"[CallsWix({string.Join(", ", method.Permissions.Select(Quoted).Prepend($"Calls.{name}"))})]";
        code.Line(calls);
        var returned = answer == "WixEmpty" ? "global::System.Threading.Tasks.Task" : $"global::System.Threading.Tasks.Task<{answer}>";
        code.Open($"public virtual {returned} {name}Async({Parameters(arguments)})");
        foreach (var argument in arguments.Where(static one => !one.IsOptional && !one.IsStruct))
            code.Line($"global::System.ArgumentNullException.ThrowIfNull({argument.Name});");
        code.Line("var request = new WixRequest();");
        // A whole message first, as in JavaScript: what an argument says by itself goes over it, and a member over the message that it is
        // a part of.
        foreach (var statement in arguments.SelectMany(static one => one.Statements)
            .OrderBy(static one => one.StartsWith("request.Spread(", StringComparison.Ordinal) ? 0 : 1 + one.Split('"')[1].Count('.')))
            code.Line(statement);
        var inPath = string.Join(", ", method.PathParameters.Select(static one => $"\"{one}\""));
        var inAddress = $"request.Arguments({inPath})";
        code.Line(hasBody
            ? $"return SendAsync(Operations.{name}, request.Json, {(inPath.Length > 0 ? inAddress : "null")}, cancellationToken);"
            : $"return SendAsync(Operations.{name}, request.{(isPacked ? "Packed" : "Flat")}({inAddress}), cancellationToken);");
        code.Close();
        Pages(code, service, method, name, arguments, answer, calls);

        var isRepeatable = verb == "GET" || (verb == "POST" && Reading.Any(word => method.Name.StartsWith(word, StringComparison.Ordinal)));
        List<string> set = [];
        if (isRepeatable && verb != "GET")
            set.Add("IsRepeatable = true");
        if (method.Permissions.Count > 0)
            set.Add($"PermissionIds = [{string.Join(", ", method.Permissions.Select(Quoted))}]");
        var body = hasBody ? "WixAnswers.Request, " : "";
        var initializer = set.Count > 0 ? $" {{ {string.Join(", ", set)} }}" : "";
        // Each is made when it is called first: a module may have a hundred.
        return $"public static {type} {name} => field ?? WixAnswers.Kept(ref field, new({Verb(verb)}, \"{path}\", {body}{serializer})"
            + $"{initializer});";
    }

    private static (string Verb, string Path) CallOf(Method method) =>
        method.Fallback is { } fallback ? ("POST", fallback) : (method.Verb, method.Path);

    private static string Quoted(string text) => $"\"{text}\"";

    private static string Verb(string verb) => $"global::System.Net.Http.HttpMethod.{verb[0]}{verb[1..].ToLowerInvariant()}";

    private static string Parameters(List<Argument> arguments) =>
        string.Concat(
            arguments.Select(static one => $"{one.Type}{(one.IsOptional ? "?" : "")} {one.Name}{(one.IsOptional ? " = null" : "")}, "))
        + "global::System.Threading.CancellationToken cancellationToken = default";

    private List<Argument> Arguments(Service service, Method method, string name)
    {
        List<Argument> arguments = [];
        foreach (var source in method.Arguments)
        {
            var bound = method.Bindings.Where(one => one.Source == source || one.Source.StartsWith(source + '.', StringComparison.Ordinal))
                .ToList();
            if (bound is [var (path, from)] && from == source && path != "*")
            {
                var at = path.EndsWith(".*", StringComparison.Ordinal) ? path[..^2] : path;
                if (service.FieldAt(method.Request, at) is not { } field)
                    continue;
                Reach(service, field.Type.Name);
                var isWhole = at == path;
                var parameter = Identifiers.Camel(source.StartsWith('_') ? Unambiguous(path, source) : source);
                var isOptional = source is "query" or "search" or "options";
                var isStruct = field.Type.Shape is Shape.Single && Values.IsStruct(service, field.Type.Name);
                var argument = new Argument(parameter, values.Argument(service, field.Type), isStruct,
                    $"The field <c>{at}</c>.") { IsOptional = isOptional };
                var kind = values.Kind(service, field.Type.Name);
                var put = !isWhole ? $"request.Spread(\"{at}\", {parameter});" : field.Type.Shape switch
                {
                    Shape.List => $"request.PutList(\"{at}\", {kind}, {parameter});",
                    Shape.Map => $"request.PutMap(\"{at}\", {kind}, {parameter});",
                    _ => $"request.Put(\"{at}\", {kind}, {parameter});",
                };
                argument.Statements.Add(isOptional ? $"if ({parameter} is not null) {put}" : put);
                arguments.Add(argument);
                continue;
            }

            if (Members(service, method, source, bound, name) is { } made)
                arguments.Add(made);
        }

        // What is not given can only be left out at the end.
        for (var i = arguments.Count - 1; i > 0; i--)
        {
            if (!arguments[i].IsOptional && arguments[i - 1].IsOptional)
                arguments[i - 1] = Demanded(arguments[i - 1]);
        }

        HashSet<string> seen = new(StringComparer.Ordinal);
        return arguments.TrueForAll(one => seen.Add(one.Name))
            ? arguments : throw new InvalidOperationException($"{service.Name}.{method.Name} has two arguments of one name.");
    }

    private static Argument Demanded(Argument argument)
    {
        var demanded = argument with { IsOptional = false };
        demanded.Statements.AddRange(argument.Statements);
        return demanded;
    }

    // _id of product.id is productId.
    private static string Unambiguous(string path, string source)
    {
        var parts = path.Split('.');
        return parts.Length > 1 && source == "_id" ? $"{parts[^2]}Id" : source[1..];
    }

    /// <summary>An argument whose members are fields of the request.</summary>
    private static Argument? Members(Service service, Method method, string source, List<(string Path, string Source)> bound, string name)
    {
        List<Field> fields = [];
        List<string> statements = [];
        var parameter = Identifiers.Camel(source);
        foreach (var (path, from) in bound)
        {
            if (from == source && path == "*")
            {
                var taken = method.Bindings.Where(static one => one.Path != "*").Select(static one => one.Path.Split('.')[0])
                    .ToHashSet(StringComparer.Ordinal);
                fields.AddRange(service.Messages[method.Request].Where(field => !taken.Contains(field.Name)));
                statements.Add($"request.Spread(\"\", {parameter});");
            }
            else if (from == source)
            {
                // Both as a whole and by its members: the members are a part of the whole.
                if (service.FieldAt(method.Request, path.TrimEnd('*').TrimEnd('.')) is { } whole
                    && service.Messages.TryGetValue(whole.Type.Name, out var members))
                {
                    fields.AddRange(members.Where(member => fields.TrueForAll(field => field.Name != member.Name)));
                    statements.Add($"request.Spread(\"{path.TrimEnd('*').TrimEnd('.')}\", {parameter});");
                }
            }
            else
            {
                var member = from[(source.Length + 1)..];
                if (member.Contains('.', StringComparison.Ordinal)
                    || service.FieldAt(method.Request, path.TrimEnd('*').TrimEnd('.')) is not { } field)
                    continue;
                var wire = member switch { "_id" => "id", "_createdDate" => "createdDate", "_updatedDate" => "updatedDate", _ => member };
                if (fields.TrueForAll(one => one.Name != wire))
                    fields.Add(field with { Name = wire });
                statements.Add($"request.Take(\"{path.TrimEnd('*').TrimEnd('.')}\", {parameter}, \"{wire}\");");
            }
        }

        if (fields.Count == 0)
            return null;
        var isOptions = source == "options" && !method.Required.Contains("options");
        var argument = new Argument(parameter, name + Identifiers.Pascal(source), IsStruct: false,
            source == "options" ? "The rest of the request." : $"The argument <c>{source}</c>.")
        {
            Fields = fields,
            IsOptional = isOptions,
        };
        argument.Statements.AddRange(statements);
        return argument;
    }

    private (string Type, string Serializer) Answer(Service service, Method method)
    {
        if (method.Returns is null || (method.Returns.Length == 0 && service.Messages[method.Response].Count == 0))
            return ("WixEmpty", "WixSerializer.Empty");
        if (method.Returns.Length == 0)
        {
            Reach(service, method.Response);
            var whole = names.Of(service, method.Response);
            return (whole, $"WixAnswers.Whole<{whole}>()");
        }

        var field = service.FieldAt(method.Response, method.Returns);
        if (field is null)
            return ("WixEmpty", "WixSerializer.Empty");
        Reach(service, field.Type.Name);
        var kind = values.Kind(service, field.Type.Name);
        return field.Type.Shape switch
        {
            Shape.List => (values.Of(service, field.Type), $"WixAnswers.List(\"{method.Returns}\", {kind})"),
            Shape.Map => throw new InvalidOperationException($"{service.Name}.{method.Name} returns a map."),
            _ => (values.One(service, field.Type.Name), $"WixAnswers.Member(\"{method.Returns}\", {kind})"),
        };
    }

    /// <summary>Beside a query that gives a page, one that gives all there is.</summary>
    private void Pages(Code code, Service service, Method method, string name, List<Argument> arguments, string answer,
        string calls)
    {
        if (method.Returns != "" || arguments is not [{ Name: "query" or "search", Fields: null, IsOptional: true } first, ..])
            return;
        var fields = service.Messages[method.Response];
        var metadata = fields.FirstOrDefault(static field => field.Name is "pagingMetadata" or "metadata");
        var lists = fields.Where(field => field.Type.Shape is Shape.List && service.Messages.ContainsKey(field.Type.Name)).ToList();
        if (metadata is null || lists.Count != 1)
            return;
        var query = service.Messages[method.Bindings.Where(one => one.Source == first.Name)
            .Select(one => service.FieldAt(method.Request, one.Path)!.Type.Name).First()];
        var byCursor = query.Any(static field => field.Name == "cursorPaging");
        if (!byCursor && query.All(static field => field.Name != "paging"))
            return;
        var item = values.One(service, lists[0].Type.Name);
        var property = Identifiers.Pascal(lists[0].Name) is var plain && plain == answer ? plain + "Value" : plain;
        var rest = string.Concat(arguments.Skip(1).Select(static one => $", {one.Name}"));
        code.Line();
        code.Summary($"Reads all that <c>{method.Name}</c> finds, page by page.");
        foreach (var argument in arguments)
            code.Line($"/// <param name=\"{argument.Name}\">{argument.Documentation}</param>");
        code.Line("/// <param name=\"cancellationToken\">The token to monitor for cancellation requests.</param>");
        if (method.IsDeprecated)
            code.Line($"[global::System.Obsolete(\"Wix has deprecated {method.Name}.\")]");
        code.Line(calls);
        code.Line($"public virtual global::System.Collections.Generic.IAsyncEnumerable<{item}> {name}AllAsync({Parameters(arguments)}) =>");
        code.Line(byCursor
            ? $"    WixPages.ByCursor<{first.Type}, {answer}, {item}>({first.Name}, (page, ct) => {name}Async(page{rest}, ct), static "
                + $"page => page.{property}, \"{metadata.Name}\", cancellationToken);"
            : $"    WixPages.ByOffset<{first.Type}, {answer}, {item}>({first.Name}, (page, ct) => {name}Async(page{rest}, ct), static "
                + $"page => page.{property}, cancellationToken);");
    }

    private void Reach(Service service, string type)
    {
        if (service.Enums.ContainsKey(type))
        {
            Reached.Add(type);
            return;
        }

        if (!service.Messages.TryGetValue(type, out var fields) || !Reached.Add(type))
            return;
        foreach (var field in fields)
            Reach(service, field.Type.Name);
    }

    private static void Documentation(Code code, Method method, List<Argument> arguments)
    {
        code.Summary(
            $"Calls <c>{method.Name}</c>: <c>{method.Verb} {method.Path}</c>.{(method.Maturity is { } maturity ? $" Wix calls it "
                + $"{maturity}." : "")}");
        List<string> remarks = [];
        if (method.Permissions.Count > 0)
            remarks.Add($"Permissions: {Listed(method.Permissions)}.");
        if (method.Required.Count > 0)
            remarks.Add($"Required: {Listed(method.Required)}.");
        if (method.Errors.Count > 0)
            remarks.Add($"Error codes: {Listed(method.Errors)}.");
        code.Remarks(remarks);
        foreach (var argument in arguments)
            code.Line($"/// <param name=\"{argument.Name}\">{argument.Documentation}</param>");
        code.Line("/// <param name=\"cancellationToken\">The token to monitor for cancellation requests.</param>");
        code.Line("/// <exception cref=\"WixApiException\">Wix refused the call.</exception>");
        code.Line("/// <exception cref=\"WixUnavailableException\">Wix didn't answer.</exception>");
        code.Line($"/// <seealso href=\"{method.Documentation}\"/>");
    }

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names.Select(static name => $"<c>{name}</c>"));

    private static void Operations(Code code, IReadOnlyList<Declared> declared)
    {
        code.Line();
        code.Summary("Provides the operations that the module's methods are calls of.");
        code.Open("public static class Operations");
        foreach (var one in declared)
        {
            code.Summary($"Gets <c>{one.Method.Name}</c>.");
            code.Line(one.Declaration);
            code.Line();
        }

        code.Close();
    }

    private static void Calls(Code code, IReadOnlyList<Declared> declared)
    {
        code.Line();
        code.Summary("Provides the module's calls as <c>Only</c> takes them, which limits elevation to what it names.");
        code.Open("public static class Calls");
        foreach (var (name, method, (verb, path), _) in declared)
        {
            code.Summary($"The call of <c>{method.Name}</c>.");
            code.Line($"public const string {name} = \"{verb} {path}\";");
            code.Line();
        }

        code.Close();
    }

    private static void Errors(Code code, List<Method> methods)
    {
        var codes = methods.SelectMany(static method => method.Errors).Distinct().Order(StringComparer.Ordinal).ToList();
        if (codes.Count == 0)
            return;
        code.Line();
        code.Summary("Provides the codes of the module's errors: see <see cref=\"WixApiException.ApplicationErrorCode\"/>.");
        code.Open("public static class Errors");
        Constants(code, codes, static one => $"The code of {one}.");
        code.Close();
    }

    private static void Fields(Code code, IReadOnlyList<Declared> declared)
    {
        var queries = declared.Where(static one => one.Method.Filter.Count + one.Method.Sort.Count > 0).ToList();
        if (queries.Count == 0)
            return;
        code.Line();
        code.Summary("Provides the names of the fields that the module's queries can filter and sort by.");
        code.Open("public static class Fields");
        foreach (var (name, method, _, _) in queries)
        {
            code.Summary($"Provides the fields of <c>{method.Name}</c>.");
            code.Open($"public static class {name}");
            Constants(
                code,
                [.. method.Filter.Keys.Concat(method.Sort.Keys).Distinct().Order(StringComparer.Ordinal)],
                field => $"The field {field}."
                    + (method.Filter.TryGetValue(field, out var operators)
                        ? operators == "*" ? " All operators." : operators.Length == 0
                            ? "" : $" Operators: {operators.Replace(" ", ", ", StringComparison.Ordinal)}." : " No filter.")
                    + (method.Sort.TryGetValue(field, out var order) ? order == "BOTH" ? " It sorts." : $" It sorts {order}." : ""));
            code.Close();
        }

        code.Close();
    }

    private void Events(Code code, Service service)
    {
        if (service.Events.Count == 0)
            return;
        code.Line();
        code.Summary("Provides the types of the service's events.");
        code.Open("public static class Events");
        HashSet<string> used = new(StringComparer.Ordinal) { "Events" };
        foreach (var one in service.Events)
        {
            foreach (var message in one.Messages)
                Reach(service, message);
            var constant = EventNames.Plain(one);
            if (!used.Add(constant))
                continue;
            code.Summary($"The type of <c>{one.Name}</c>: <see cref=\"global::{code.Namespace}.{events.Of(one)}\"/>.");
            code.Line($"public const string {constant} = \"{one.Type}\";");
            code.Line();
        }

        code.Close();
    }

    private sealed record Declared(string Name, Method Method, (string Verb, string Path) Call, string Declaration);

    private static void Constants(Code code, IReadOnlyList<string> texts, Func<string, string> summary)
    {
        HashSet<string> used = new(StringComparer.Ordinal) { "Errors", "Equals", "ReferenceEquals" };
        foreach (var text in texts)
        {
            var name = Identifiers.Pascal(text);
            while (!used.Add(name))
                name += "Value";
            code.Summary(summary(text));
            code.Line($"public const string {name} = \"{text}\";");
            code.Line();
        }
    }
}
