using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Symbols;

/// <summary>Recognizes calls to Wix that change something, by the names that Wix and HTTP give them.</summary>
internal static class WixWrites
{
    private static readonly string[] Writes =
    [
        "Add", "Allocate", "Approve", "Archive", "Assign", "Block", "Bulk", "Cancel", "Capture", "Charge", "Checkout", "Clear", "Complete",
        "Confirm", "Create", "Decline",
        "Decrement", "Delete", "Disable", "Enable", "Import", "Increment", "Insert", "Mark", "Merge", "Move", "Patch", "Pay", "Post",
        "Publish", "Put", "Refund", "Reject",
        "Release", "Remove", "Rename", "Replace", "Reschedule", "Reset", "Restore", "Resend", "Revoke", "Save", "Schedule", "Send", "Set",
        "Start", "Stop", "Submit", "Toggle", "Trigger",
        "Truncate", "Unarchive", "Unassign", "Unblock", "Unpublish", "Update", "Upload", "Upsert", "Void",
    ];

    private static readonly string[] Reads = ["Get", "List", "Query", "Search", "Count", "Find", "Read", "Fetch", "Aggregate"];

    // Wix reads with POST where a GET would not hold the question.
    private static readonly string[] ReadPaths = ["query", "search", "count", "aggregate", "distinct", "get"];

    /// <summary>
    /// Returns the name in messages of the change that an operation makes, or is about to be elevated to make, or <see langword="null"/> if
    /// it only reads.
    /// </summary>
    public static string? NameOf(IOperation operation, WixSymbols wix) => operation switch
    {
        IInvocationOperation call when wix.IsPrivilegedClient(call.Instance?.Type) =>
            (VerbOf(call) ?? IsWrite(call.TargetMethod.Name)) && !IsQuery(call)
            ? $"{call.TargetMethod.ContainingType.Name}.{call.TargetMethod.Name}"
            : null,
        IInvocationOperation call => Of(call.TargetMethod, wix),
        IMethodReferenceOperation reference => Of(reference.Method, wix),
        _ => null,
    };

    /// <summary>Returns the changes that a handler makes, with their names in messages.</summary>
    public static IEnumerable<(IOperation Operation, string Name)> In(IOperation body, WixSymbols wix)
    {
        foreach (var operation in body.Descendants())
        {
            if (NameOf(operation, wix) is { } name)
                yield return (operation, name);
        }
    }

    private static string? Of(IMethodSymbol method, WixSymbols wix) =>
        wix.IsModule(method.ContainingType) && IsWrite(method.Name) ? $"{method.ContainingType.Name}.{method.Name}" : null;

    /// <summary>
    /// Determines whether a method's name begins with a verb of change: <c>UpdateItemAsync</c>, <c>BulkInsert</c>; not <c>Settings</c> and
    /// not <c>BulkGet</c>.
    /// </summary>
    public static bool IsWrite(string name) =>
        Begins(name, Writes) is { } verb && !(verb == "Bulk" && Begins(name.Substring(verb.Length), Reads) is not null);

    private static string? Begins(string name, string[] verbs) =>
        verbs.FirstOrDefault(
            verb => name.StartsWith(verb, StringComparison.Ordinal) && (name.Length == verb.Length || !char.IsLower(name[verb.Length])));

    // SendAsync(HttpMethod.Post, ...) or SendAsync("POST", ...): whether the verb changes something; null when none is named.
    private static bool? VerbOf(IInvocationOperation call) => call.Arguments
        .Select(static argument => argument.Value switch
        {
            IPropertyReferenceOperation { Property: { Name: var name, ContainingType.Name: "HttpMethod" } } => name,
            { ConstantValue: { HasValue: true, Value: string text } }
                when text.Length > 2 && text.All(static c => c is >= 'A' and <= 'Z') => text,
            _ => null,
        })
        .Where(static verb => verb is not null)
        .Select(static verb => (bool?)(verb!.ToUpperInvariant() is "POST" or "PUT" or "PATCH" or "DELETE"))
        .FirstOrDefault();

    private static bool IsQuery(IInvocationOperation call) => call.Arguments.Any(static argument =>
        argument.Value.ConstantValue is { HasValue: true, Value: string path } && path.Contains("/")
        && ReadPaths.Contains(path.Split('?')[0].Split('/').Last(), StringComparer.OrdinalIgnoreCase));
}
