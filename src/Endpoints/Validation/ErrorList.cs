using Endpoints.Problems;
using FluentValidation;
using FluentValidation.Results;

namespace Endpoints.Validation;

/// <summary>Represents the errors of one request, in the order in which they were found.</summary>
/// <remarks>Bounded, so that a small element that a client repeats a million times does not become a response of gigabytes.</remarks>
internal sealed class ErrorList
{
    /// <summary>The maximum number of errors in one response.</summary>
    public const int Most = 1000;

    private readonly List<Error> _errors = [];

    public int Count => _errors.Count;

    public bool IsFull => _errors.Count >= Most;

    /// <summary>Adds the failures that are errors, not warnings or information.</summary>
    /// <returns>The list, or null if there is none and nothing to add.</returns>
    public static ErrorList? Add(ErrorList? errors, ErrorKey key, object value, IReadOnlyList<ValidationFailure> failures)
    {
        for (var i = 0; i < failures.Count && errors?.IsFull != true; i++)
        {
            var failure = failures[i];
            if (failure is { Severity: Severity.Error })
                (errors ??= new ErrorList())._errors.Add(new Error(key, value, failure.PropertyName ?? "", failure.ErrorMessage ?? ""));
        }
        return errors;
    }

    /// <summary>Marks the errors from <paramref name="first"/> on as errors of a part of a collection, such as <c>[2]</c>.</summary>
    public void PutInto(object collection, string part, int first)
    {
        for (var i = first; i < _errors.Count; i++)
        {
            var path = _errors[i].Path;
            _errors[i] = _errors[i] with { Value = collection, Path = path.Length == 0 || path[0] == '[' ? part + path : $"{part}.{path}" };
        }
    }

    public Problem ToProblem(ClientNames names)
    {
        var errors = new OrderedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var error in _errors)
        {
            var name = error.Key.NameOf(error.Path, error.Value, names);
            if (!errors.TryGetValue(name, out var messages))
                errors[name] = messages = [];
            if (!messages.Contains(error.Message))
                messages.Add(error.Message);
        }
        return RequestProblems.Invalid(errors.ToDictionary(static error => error.Key, static error => error.Value.ToArray())) with
        {
            Members = IsFull ? new Dictionary<string, object> { ["more"] = true } : null,
        };
    }

    private readonly record struct Error(ErrorKey Key, object Value, string Path, string Message);
}
