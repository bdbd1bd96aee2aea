using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Endpoints.RateLimiting.Enforcing;

/// <summary>Checks the options and every rule when the application starts.</summary>
internal sealed class RateLimitOptionsValidator : IValidateOptions<RateLimitOptions>
{
    public ValidateOptionsResult Validate(string? name, RateLimitOptions options)
    {
        var wrong = new List<string>();
        Check(options, "RateLimitOptions");
        foreach (var (rule, set) in options.Rules)
        {
            if (string.IsNullOrWhiteSpace(rule) || rule.IndexOfAny([',', '/']) >= 0)
                wrong.Add($"The rate limit rule '{rule}' needs a name without ',' and '/'.");
            Check(set, $"The rate limit rule '{rule}'");
            if (!Enum.IsDefined(set.Algorithm))
                wrong.Add($"The rate limit rule '{rule}' has an unknown algorithm.");
        }

        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);

        void Check(object what, string whose)
        {
            var results = new List<ValidationResult>();
            if (!Validator.TryValidateObject(what, new(what), results, validateAllProperties: true))
                wrong.AddRange(results.Select(result => $"{whose}: {result.ErrorMessage}"));
        }
    }
}
