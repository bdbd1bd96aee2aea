using Microsoft.CodeAnalysis;

namespace Endpoints.Wix.Analyzers.Symbols;

/// <summary>Recognizes the methods that take work to run later, or on another thread.</summary>
internal static class LaterWork
{
    /// <summary>Returns the name of the method in messages, or <see langword="null"/> for every other method.</summary>
    public static string? NameOf(IMethodSymbol method) => (method.ContainingType?.ToDisplayString(), method.Name) switch
    {
        ("System.Threading.Tasks.Task", "Run") => "Task.Run",
        ("System.Threading.Tasks.TaskFactory", "StartNew") => "Task.Factory.StartNew",
        ("System.Threading.Tasks.Task", ".ctor" or "ContinueWith") => $"Task{Dotted(method)}",
        ("System.Threading.ThreadPool",
            "QueueUserWorkItem" or "UnsafeQueueUserWorkItem" or "RegisterWaitForSingleObject" or "UnsafeRegisterWaitForSingleObject") =>
            $"ThreadPool.{method.Name}",
        ("System.Threading.Thread" or "System.Threading.Timer", ".ctor") => $"a {method.ContainingType!.Name.ToLowerInvariant()}",
        ("System.TimeProvider", "CreateTimer") => "a timer",
        ("System.Threading.CancellationToken", "Register" or "UnsafeRegister") => $"CancellationToken.{method.Name}",
        ("Microsoft.AspNetCore.Http.HttpResponse", "OnCompleted" or "OnStarting") => $"Response.{method.Name}",
        _ => method.ContainingType is { Name: "TaskFactory", IsGenericType: true } && method.Name == "StartNew"
            ? "Task.Factory.StartNew" : null,
    };

    /// <summary>
    /// Determines whether a method passes what it is given to somebody who works later: a channel, or a queue by its name.
    /// </summary>
    public static bool IsQueue(IMethodSymbol method) =>
        method is { Name: "WriteAsync" or "TryWrite", ContainingType: { Name: "ChannelWriter", IsGenericType: true } }
        || (method is { Name: "Add" or "TryAdd", ContainingType: { Name: "BlockingCollection", IsGenericType: true } })
        || Begins(method.Name, "Enqueue") || Begins(method.Name, "Queue") || Begins(method.Name, "Schedule");

    /// <summary>Determines whether a type is a task.</summary>
    public static bool IsTask(ITypeSymbol? type) =>
        type is { Name: "Task" or "ValueTask" } && type.ContainingNamespace?.ToDisplayString() == "System.Threading.Tasks";

    private static bool Begins(string name, string verb) =>
        name.StartsWith(verb, StringComparison.Ordinal) && (name.Length == verb.Length || char.IsUpper(name[verb.Length]));

    private static string Dotted(IMethodSymbol method) => method.MethodKind == MethodKind.Constructor ? "" : "." + method.Name;
}
