using FluentValidation;

namespace Endpoints.Validation.Tests.Validation;

public sealed record Failing;

internal sealed class FailingValidator : AbstractValidator<Failing>
{
    public FailingValidator() => RuleFor(failing => failing).Must(static _ => throw new InvalidOperationException("secret-canary"));
}
