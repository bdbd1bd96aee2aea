namespace Endpoints.Wix.Analyzers.Webhooks;

/// <summary>Represents a class that Wix calls.</summary>
/// <param name="File">The file, relative to the project's folder.</param>
/// <param name="Name">The fully qualified C# name of the class: <c>global::Shop.OrderCreatedHandler</c>.</param>
internal sealed record WebhookClass(string File, string Name)
{
    private const string Global = "global::";

    /// <summary>Gets the name of the class for messages.</summary>
    public string Short => ShortOf(Name);

    /// <summary>Returns the name of a class for messages.</summary>
    public static string ShortOf(string name) => name.StartsWith(Global, StringComparison.Ordinal) ? name.Substring(Global.Length) : name;
}
