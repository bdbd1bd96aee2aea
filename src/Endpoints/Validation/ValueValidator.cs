using System.Collections;
using System.Collections.Frozen;
using System.Text.Json;
using FluentValidation.Results;

namespace Endpoints.Validation;

/// <summary>
/// Represents the validation of a value of one type: of the value, by its declared type and its actual type, and then of its elements.
/// </summary>
internal sealed class ValueValidator
{
    private readonly TypeValidators? _own;
    private readonly FrozenDictionary<Type, TypeValidators> _derived;
    private readonly ValueValidator? _elements;
    private readonly bool _isDictionary;

    private ValueValidator(TypeValidators? own, FrozenDictionary<Type, TypeValidators> derived, ValueValidator? elements, bool isDictionary)
    {
        _own = own;
        _derived = derived;
        _elements = elements;
        _isDictionary = isDictionary;
    }

    /// <summary>
    /// Returns the validation of a type, or null if the application has no validator for it, for the types that JSON may create for it, or
    /// for its elements.
    /// </summary>
    /// <param name="type">The declared type.</param>
    /// <param name="json">The options with which JSON is read, or null if the value does not come from JSON.</param>
    /// <param name="services">The application's services.</param>
    public static ValueValidator? For(Type type, JsonSerializerOptions? json, IServiceProvider services) => For(type, json, services, []);

    private static ValueValidator? For(Type declared, JsonSerializerOptions? json, IServiceProvider services, HashSet<Type> outer)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (type.IsByRef || type.IsByRefLike || type.IsPointer || !outer.Add(type))
            return null;

        var own = TypeValidators.ForAll(type, services);
        var derived = Derived(type, json)
            .Select(candidate => (Type: candidate, Validators: TypeValidators.ForAll(candidate, services, validated: type)))
            .Where(static candidate => candidate.Validators is not null)
            .ToFrozenDictionary(static candidate => candidate.Type, static candidate => candidate.Validators!);
        var (key, element) = PartsOf(type);
        var elements = element is null ? null : For(element, json, services, outer);
        outer.Remove(type);
        return own is null && derived.Count == 0 && elements is null ? null : new(own, derived, elements, key is not null);
    }

    /// <summary>Validates a value that is not null.</summary>
    /// <param name="value">The value.</param>
    /// <param name="key">The value from the client's point of view.</param>
    /// <param name="errors">The errors found before, or null if there were none.</param>
    /// <param name="request">The request's services.</param>
    /// <param name="ct">The token to monitor for cancellation requests.</param>
    /// <returns>A task that returns all errors, or null if there are none.</returns>
    public ValueTask<ErrorList?> RunAsync(object value, ErrorKey key, ErrorList? errors, IServiceProvider request, CancellationToken ct)
    {
        if (_own is null || _derived.Count > 0 || _elements is not null)
            return RunAllAsync(value, key, errors, request, ct);

        var run = _own.RunAsync(value, request, ct);
        return run.IsCompletedSuccessfully ? new(ErrorList.Add(errors, key, value, run.Result)) : WaitAsync(run, value, key, errors);
    }

    private static async ValueTask<ErrorList?> WaitAsync(
        ValueTask<IReadOnlyList<ValidationFailure>> run, object value, ErrorKey key, ErrorList? errors) =>
        ErrorList.Add(errors, key, value, await run.ConfigureAwait(false));

    private async ValueTask<ErrorList?> RunAllAsync(object value, ErrorKey key, ErrorList? errors, IServiceProvider request,
        CancellationToken ct)
    {
        if (_own is not null)
            errors = ErrorList.Add(errors, key, value, await _own.RunAsync(value, request, ct).ConfigureAwait(false));
        if (_derived.TryGetValue(value.GetType(), out var derived))
            errors = ErrorList.Add(errors, key, value, await derived.RunAsync(value, request, ct).ConfigureAwait(false));
        if (_elements is null)
            return errors;

        var index = 0;
        foreach (var element in _isDictionary ? DictionaryEntries.Of(value).Select(static entry => entry.Value) : (IEnumerable)value)
        {
            if (errors?.IsFull == true)
                break;
            ct.ThrowIfCancellationRequested();
            if (element is not null)
            {
                var before = errors?.Count ?? 0;
                errors = await _elements.RunAsync(element, key, errors, request, ct).ConfigureAwait(false);
                if (errors?.Count > before)
                    errors.PutInto(value, _isDictionary ? $"[{index}].Value" : $"[{index}]", before);
            }
            index++;
        }
        return errors;
    }

    /// <remarks>JSON creates no types other than those that its contract names.</remarks>
    public static IEnumerable<Type> Derived(Type type, JsonSerializerOptions? json) =>
        json is not null && !type.IsValueType && json.TryGetTypeInfo(type, out var contract)
            && contract.PolymorphismOptions is { } polymorphism
            ? polymorphism.DerivedTypes.Select(static derived => derived.DerivedType).Where(derived => derived != type).Distinct()
            : [];

    /// <summary>
    /// Returns the types of a collection's elements, or of a dictionary's keys and values, or null if the type is neither.
    /// </summary>
    public static (Type? Key, Type? Element) PartsOf(Type type)
    {
        if (type == typeof(string))
            return (null, null);
        var shapes = type.GetInterfaces().Append(type).Where(static shape => shape is { IsInterface: true, IsGenericType: true })
            .ToLookup(static shape => shape.GetGenericTypeDefinition());
        var dictionary = shapes[typeof(IDictionary<,>)].Concat(shapes[typeof(IReadOnlyDictionary<,>)]).FirstOrDefault();
        return dictionary is not null
            ? (dictionary.GetGenericArguments()[0], dictionary.GetGenericArguments()[1])
            : (null, shapes[typeof(IEnumerable<>)].FirstOrDefault()?.GetGenericArguments()[0]);
    }
}
