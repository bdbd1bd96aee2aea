using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using FluentValidation.Results;

namespace Endpoints.Validation;

/// <summary>
/// Represents the rules that the members of a type state themselves, by attributes of DataAnnotations and by enumeration types.
/// </summary>
/// <remarks>
/// Determined once for an endpoint. Values are followed to members, elements and entries, as far as there is anything to validate.
/// </remarks>
internal sealed class MemberRules
{
    /// <summary>The message for a value that is not a member of its enumeration.</summary>
    public const string NoMember = "The value is not one of those that are allowed.";

    private const int Deepest = 100;
    private const string TooDeep = "The value is nested too deeply.";

    private readonly Type _type;
    private readonly bool _onlyDefined;
    private List<RuledMember> _members = [];
    private Dictionary<Type, MemberRules> _derived = [];
    private ValidationAttribute[] _attributes = [];
    private bool _validatesItself;
    private MemberRules? _keys;
    private MemberRules? _elements;
    private bool _isDictionary;

    private MemberRules(Type type, bool onlyDefined) => (_type, _onlyDefined) = (type, onlyDefined);

    /// <summary>Returns the rules of a type, or null if there are none.</summary>
    /// <param name="type">The declared type.</param>
    /// <param name="json">The options with which JSON is read, or null if the value does not come from JSON.</param>
    /// <param name="rules">The rules to apply.</param>
    public static MemberRules? For(Type type, JsonSerializerOptions? json, RuleSet rules)
    {
        if (rules == default)
            return null;
        var known = new Dictionary<Type, MemberRules?>();
        return Make(type, json, rules, known) is { } made && made.HasAny([]) ? made : null;
    }

    /// <summary>Determines whether values of a type, or its elements, are single members of an enumeration.</summary>
    public static bool IsSingle(Type type)
    {
        var element = ValueValidator.PartsOf(type).Element ?? type;
        element = Nullable.GetUnderlyingType(element) ?? element;
        return element.IsEnum && !element.IsDefined(typeof(FlagsAttribute), inherit: false);
    }

    /// <summary>Returns the names of all members, at any depth, that are single members of an enumeration.</summary>
    public IReadOnlyCollection<string> Singles()
    {
        var (names, seen) = (new HashSet<string>(StringComparer.OrdinalIgnoreCase), new HashSet<MemberRules>());
        Add(this);
        return names;

        void Add(MemberRules rules)
        {
            if (!seen.Add(rules))
                return;
            foreach (var member in rules._members)
            {
                if (member.Rules is not { } own)
                    continue;
                if (IsSingle(own._elements?._type ?? own._type) || (own._keys is { } keys && IsSingle(keys._type)))
                    names.Add(member.Name);
                Add(own);
            }
            foreach (var part in rules._derived.Values.Append(rules._elements).OfType<MemberRules>())
                Add(part);
        }
    }

    /// <summary>Validates a value that is not null.</summary>
    /// <param name="value">The value.</param>
    /// <param name="services">The request's services, for attributes that use them.</param>
    /// <param name="failures">The list that receives the failures, with their paths of C# members.</param>
    public void Check(object value, IServiceProvider services, List<ValidationFailure> failures) => Check(value, "", services, failures, 0);

    private void Check(object value, string path, IServiceProvider services, List<ValidationFailure> failures, int depth)
    {
        if (failures.Count >= ErrorList.Most)
            return;
        if (depth > Deepest)
        {
            failures.Add(new(path, TooDeep));
            return;
        }
        if (_derived.TryGetValue(value.GetType(), out var derived))
        {
            derived.Check(value, path, services, failures, depth);
            return;
        }
        if (_type.IsEnum)
        {
            if (_onlyDefined && value is Enum member && !IsDefined(member))
                failures.Add(new(path, NoMember));
            return;
        }

        var before = failures.Count;
        foreach (var member in _members)
        {
            var own = member.Get(value);
            var name = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
            AttributeRules.Check(member.Attributes, own, value, member.Name, member.DisplayName, name, services, failures);
            if (own is not null && !(own is Enum unset && Bits(unset) == 0)) // what was not sent is zero
                member.Rules?.Check(own, name, services, failures, depth + 1);
        }
        CheckParts(value, path, services, failures, depth);
        AttributeRules.Check(_attributes, value, value, _type.Name, _type.Name, path, services, failures);
        if (_validatesItself && failures.Count == before && value is IValidatableObject itself)
        {
            foreach (var result in itself.Validate(new ValidationContext(value, services, items: null)))
                AttributeRules.Add(result, path, failures);
        }
    }

    private void CheckParts(object value, string path, IServiceProvider services, List<ValidationFailure> failures, int depth)
    {
        if (_elements is null && _keys is null)
            return;
        var index = 0;
        if (_isDictionary)
        {
            foreach (var entry in DictionaryEntries.Of(value))
            {
                _keys?.Check(entry.Key, $"{path}[{index}].Value", services, failures, depth + 1); // by its key to the client
                if (entry.Value is not null)
                    _elements?.Check(entry.Value, $"{path}[{index}].Value", services, failures, depth + 1);
                index++;
            }
            return;
        }
        foreach (var element in value as IEnumerable ?? Array.Empty<object>())
        {
            if (failures.Count >= ErrorList.Most)
                return;
            if (element is not null)
                _elements?.Check(element, $"{path}[{index.ToString(CultureInfo.InvariantCulture)}]", services, failures, depth + 1);
            index++;
        }
    }

    /// <summary>Determines whether a value is a member of its enumeration or, for flags, a combination of members.</summary>
    private bool IsDefined(Enum value)
    {
        if (Enum.IsDefined(_type, value))
            return true;
        if (!_type.IsDefined(typeof(FlagsAttribute), inherit: false))
            return false;
        var all = Enum.GetValues(_type).Cast<object>().Aggregate(0UL, static (bits, member) => bits | Bits(member));
        return (Bits(value) & ~all) == 0;
    }

    private static ulong Bits(object member) =>
        Convert.GetTypeCode(member) is TypeCode.SByte or TypeCode.Int16 or TypeCode.Int32 or TypeCode.Int64
        ? unchecked((ulong)Convert.ToInt64(member, CultureInfo.InvariantCulture))
        : Convert.ToUInt64(member, CultureInfo.InvariantCulture);

    private bool HasAny(HashSet<MemberRules> seen) =>
        seen.Add(this)
        && ((_type.IsEnum && _onlyDefined) || _attributes.Length > 0 || _validatesItself || _keys?.HasAny(seen) == true
            || _elements?.HasAny(seen) == true
            || _members.Exists(member => member.Attributes.Length > 0 || member.Rules?.HasAny(seen) == true)
            || _derived.Values.Any(derived => derived.HasAny(seen)));

    private static MemberRules? Make(Type declared, JsonSerializerOptions? json, RuleSet rules, Dictionary<Type, MemberRules?> known)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (known.TryGetValue(type, out var made))
            return made;
        if (type.IsEnum)
            return known[type] = rules.HasFlag(RuleSet.OnlyDefinedValues) ? new(type, onlyDefined: true) : null;
        if (type.IsPrimitive || type == typeof(string) || type.IsPointer || type.IsByRef || type.IsByRefLike)
            return known[type] = null;

        var (key, element) = ValueValidator.PartsOf(type);
        if (element is null && !RuledMember.AreLookedAt(type))
            return known[type] = null;
        var own = new MemberRules(type, rules.HasFlag(RuleSet.OnlyDefinedValues));
        known[type] = own;
        if (element is not null)
        {
            own._elements = Make(element, json, rules, known);
            own._keys = key is null ? null : Make(key, json, rules, known);
            own._isDictionary = key is not null;
            return own;
        }

        var annotated = rules.HasFlag(RuleSet.Annotations);
        own._members = [.. RuledMember.Of(type, json, annotated, member => Make(member, json, rules, known))];
        own._attributes = annotated ? [.. type.GetCustomAttributes<ValidationAttribute>(inherit: true)] : [];
        own._validatesItself = annotated && typeof(IValidatableObject).IsAssignableFrom(type);
        foreach (var derived in ValueValidator.Derived(type, json))
        {
            if (Make(derived, json, rules, known) is { } one)
                own._derived[derived] = one;
        }
        return own;
    }
}
