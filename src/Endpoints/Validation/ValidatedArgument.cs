using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Validation;

/// <summary>Represents a validated value of a handler's call: an argument, or a member of an <c>[AsParameters]</c> argument.</summary>
/// <param name="type">The value's declared type.</param>
/// <param name="index">The index of the argument.</param>
/// <param name="member">The member, or null for the argument itself.</param>
/// <param name="key">The value from the client's point of view.</param>
/// <param name="check">The validation of the value, or null if there is no validator.</param>
/// <param name="required">The value's name if it is required, although the handler's signature does not say so; otherwise null.</param>
/// <param name="rules">The value's own rules, or null for none.</param>
internal sealed class ValidatedArgument(Type type, int index, PropertyInfo? member, ErrorKey key, ValueValidator? check,
    string? required = null, ParameterRules? rules = null)
{
    public Type Type => type;

    /// <summary>Gets a value that indicates whether more than the presence of the argument is checked.</summary>
    public bool IsValidated => check is not null || rules is not null;

    /// <returns>The argument's name when it is absent and may not be; otherwise null.</returns>
    public string? Missing(EndpointFilterInvocationContext call) => required is not null && Value(call) is null ? required : null;

    /// <returns>A task that returns the errors, including those found here, or null if there are none.</returns>
    public ValueTask<ErrorList?> ValidateAsync(EndpointFilterInvocationContext call, ErrorList? errors)
    {
        var value = Value(call);
        if (rules?.Check(value, call.HttpContext) is { } failures)
            errors = ErrorList.Add(errors, key, value ?? "", failures);
        return value is null || check is null
            ? new(errors) // that a value may be absent is up to the handler's signature, and binding has seen to it
            : check.RunAsync(value, key, errors, call.HttpContext.RequestServices, call.HttpContext.RequestAborted);
    }

    private object? Value(EndpointFilterInvocationContext call)
    {
        var argument = call.Arguments[index];
        return member is null || argument is null ? argument : member.GetValue(argument);
    }
}
