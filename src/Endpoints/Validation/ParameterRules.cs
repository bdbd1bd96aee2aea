using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using FluentValidation.Results;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Endpoints.Validation;

/// <summary>What a parameter and its type demand of its value themselves, without a validator.</summary>
internal sealed class ParameterRules
{
    private readonly string _name;
    private readonly string _displayName;
    private readonly string? _combined;
    private readonly ValidationAttribute[] _attributes;
    private readonly MemberRules? _members;

    private ParameterRules(string name, string displayName, string? combined, ValidationAttribute[] attributes, MemberRules? members) =>
        (_name, _displayName, _combined, _attributes, _members) = (name, displayName, combined, attributes, members);

    /// <summary>The rules of a parameter; null when there are none.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">Its type.</param>
    /// <param name="declarations">Where its attributes stand.</param>
    /// <param name="json">How JSON is read; null if the value does not come from JSON.</param>
    /// <param name="text">The client's name of a value that is one text; null for any other.</param>
    /// <param name="rules">Which rules count.</param>
    public static ParameterRules? For(string name, Type type, ICustomAttributeProvider[] declarations, JsonSerializerOptions? json, string? text, RuleSet rules)
    {
        var attributes = rules.HasFlag(RuleSet.Annotations)
            ? declarations.SelectMany(static place => place.GetCustomAttributes(typeof(ValidationAttribute), inherit: true)).Cast<ValidationAttribute>().ToArray()
            : [];
        var members = MemberRules.For(type, json, rules);
        var combined = rules.HasFlag(RuleSet.OnlyDefinedValues) && IsSingle(type) ? text : null;
        return attributes.Length == 0 && members is null && combined is null ? null : new(name, RuledMember.DisplayOf(declarations) ?? name, combined, attributes, members);
    }

    /// <summary>What is wrong with the value; null when nothing is.</summary>
    public List<ValidationFailure>? Check(object? value, HttpContext context)
    {
        var failures = new List<ValidationFailure>();
        AttributeRules.Check(_attributes, value, value ?? _name, _name, _displayName, "", context.RequestServices, failures);
        if (value is not null)
            _members?.Check(value, context.RequestServices, failures);
        // "Open,Closed" is read as the sum of both, which may be a third member.
        if (_combined is not null && failures.Count == 0 && Sent(context, _combined).Any(static text => text?.Contains(',', StringComparison.Ordinal) == true))
            failures.Add(new("", "The value is not one of those that are allowed."));
        return failures.Count == 0 ? null : failures;
    }

    private static IEnumerable<string?> Sent(HttpContext context, string name) =>
        [.. context.Request.Query[name], .. context.Request.Headers[name], context.Request.RouteValues.TryGetValue(name, out var value) ? value as string : null,
            .. context.Features.Get<IFormFeature>()?.Form is { } form ? form[name] : default];

    private static bool IsSingle(Type type)
    {
        var element = ValueValidator.PartsOf(type).Element ?? type;
        element = Nullable.GetUnderlyingType(element) ?? element;
        return element.IsEnum && !element.IsDefined(typeof(FlagsAttribute), inherit: false);
    }
}
