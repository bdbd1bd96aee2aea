using Endpoints.Wix;
using Endpoints.Wix.Members;
using FluentValidation;

/// <summary>Approves a member of the site, for a Wix user who sends it from the dashboard.</summary>
[Elevate(Callers.User, RateLimit = "60/1m", Only = [Members.Calls.ApproveMember])]
public static class ApproveMember
{
    public static async Task<Answer> Post(Body body, ElevatedWixClient wix, CancellationToken cancellationToken)
    {
        var answer = await wix.Members.Members.ApproveMemberAsync(body.MemberId, cancellationToken);
        return new(answer.Member?.LoginEmail, answer.Member?.Status?.ToString());
    }

    public sealed record Body(string MemberId);

    public sealed record Answer(string? Member, string? Status);

    internal sealed class BodyValidator : AbstractValidator<Body>
    {
        public BodyValidator() => RuleFor(static body => body.MemberId).Must(static id => Guid.TryParse(id, out _));
    }
}
