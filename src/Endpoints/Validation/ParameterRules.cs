using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using Endpoints.Problems;
using FluentValidation.Results;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Endpoints.Validation;

/// <summary>Represents the rules that a parameter and its type state themselves, without a validator.</summary>
internal sealed class ParameterRules
{
    private static readonly char[] Separators = ['.', '[', ']'];

    private readonly string _name;
    private readonly string _displayName;
    private readonly string[] _combined;
    private readonly ValidationAttribute[] _attributes;
    private readonly MemberRules? _members;

    private ParameterRules(string name, string displayName, string[] combined, ValidationAttribute[] attributes, MemberRules? members) =>
        (_name, _displayName, _combined, _attributes, _members) = (name, displayName, combined, attributes, members);

    /// <summary>Returns the rules of a parameter, or null if there are none.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="type">The parameter's type.</param>
    /// <param name="declarations">The declarations with its attributes.</param>
    /// <param name="json">The options with which JSON is read, or null if the value does not come from JSON.</param>
    /// <param name="text">The client's name of a value that is a single text, or null for any other value.</param>
    /// <param name="rules">The rules to apply.</param>
    public static ParameterRules? For(string name, Type type, ICustomAttributeProvider[] declarations, JsonSerializerOptions? json,
        string? text, RuleSet rules)
    {
        var attributes = rules.HasFlag(RuleSet.Annotations)
            ? declarations.SelectMany(static place => place.GetCustomAttributes(typeof(ValidationAttribute), inherit: true))
                .Cast<ValidationAttribute>().ToArray()
            : [];
        var members = MemberRules.For(type, json, rules);
        string[] combined = json is not null || !rules.HasFlag(RuleSet.OnlyDefinedValues)
            ? [] : text is null ? [.. members?.Singles() ?? []] : MemberRules.IsSingle(type) ? [text] : [];
        return attributes.Length == 0 && members is null && combined.Length == 0
            ? null : new(name, RuledMember.DisplayOf(declarations) ?? name, combined, attributes, members);
    }

    /// <summary>Returns the failures of the value, or null if there are none.</summary>
    public List<ValidationFailure>? Check(object? value, HttpContext context)
    {
        var failures = new List<ValidationFailure>();
        AttributeRules.Check(_attributes, value, value ?? _name, _name, _displayName, "", context.RequestServices, failures);
        if (value is not null)
            _members?.Check(value, context.RequestServices, failures);
        // "Open,Closed" is read as the sum of both, which may be a third member.
        if (_combined.Length > 0 && failures.Count == 0 && IsCombined(context))
            failures.Add(new("", MemberRules.NoMember));
        return failures.Count == 0 ? null : failures;
    }

    private bool IsCombined(HttpContext context)
    {
        var request = context.Request;
        return Array.Exists(_combined,
            name => Has(request.Headers[name])
                || (request.RouteValues.TryGetValue(name, out var value) && Has(new StringValues(value as string))))
            || request.Query.Any(pair => IsOf(pair.Key) && Has(pair.Value))
            || (FormRead.Of(context) is { } form && form.Any(pair => IsOf(pair.Key) && Has(pair.Value)));

        static bool Has(StringValues values) => values.Any(static text => text?.Contains(',', StringComparison.Ordinal) == true);
    }

    /// <summary>
    /// Determines whether a field is one of them, or an element or entry of one: <c>orders[0].state</c>, <c>states[0]</c>,
    /// <c>byName[a]</c>, <c>byName[0].Value</c>.
    /// </summary>
    private bool IsOf(string key)
    {
        var parts = key.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        var own = Array.FindLastIndex(parts, part => _combined.Contains(part, StringComparer.OrdinalIgnoreCase));
        return own >= 0 && (parts.Length - own) switch
        {
            1 => true,
            2 => key.EndsWith(']'),
            3 => parts[^1].Equals("Key", StringComparison.OrdinalIgnoreCase)
                || parts[^1].Equals("Value", StringComparison.OrdinalIgnoreCase),
            _ => false,
        };
    }
}
