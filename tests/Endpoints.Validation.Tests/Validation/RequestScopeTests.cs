using System.Net;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Validation.Tests.Validation;

public class RequestScopeTests
{
    [Fact]
    public async Task S09_a_validator_sees_the_caller_of_its_own_request_when_Alice_and_Bob_interleave()
    {
        var gate = new Gate();
        await using var app = await TestApp.StartAsync(
            services => services.AddEndpointValidators().AddSingleton(gate).AddHttpContextAccessor().AddScoped<CurrentUser>(),
            app => app.MapPost("/", (Transfer transfer, CurrentUser user) => user.Name).WithValidation());

        for (var turn = 0; turn < 200; turn++)
        {
            gate.Reset();
            var alice = SendAsync(app, "alice", ownedBy: "alice");
            var bob = SendAsync(app, "bob", ownedBy: turn % 2 == 0 ? "bob" : "alice");

            // Both validators are in the middle of their rule before either goes on.
            var (aliceStatus, aliceBody) = await alice;
            var (bobStatus, bobBody) = await bob;

            Assert.Equal((HttpStatusCode.OK, "alice"), (aliceStatus, (string?)aliceBody));
            if (turn % 2 == 0)
                Assert.Equal((HttpStatusCode.OK, "bob"), (bobStatus, (string?)bobBody));
            else
                Assert.Equal(["account: not bob's"], TestApp.Errors(bobBody));
        }
    }

    private static async Task<(HttpStatusCode Status, System.Text.Json.Nodes.JsonNode? Body)> SendAsync(TestApp app, string user,
        string ownedBy)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post,
            "/") { Content = new StringContent($$"""{"account":"{{ownedBy}}"}""", null, "application/json") };
        request.Headers.Add("X-User", user);
        return await TestApp.ReadAsync(await app.Client.SendAsync(request));
    }

    /// <summary>Lets nobody pass before two have come.</summary>
    public sealed class Gate
    {
        private TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _come;

        public void Reset() => (_open, _come) = (new(TaskCreationOptions.RunContinuationsAsynchronously), 0);

        public Task PassAsync(CancellationToken ct)
        {
            if (Interlocked.Increment(ref _come) == 2)
                _open.SetResult();
            return _open.Task.WaitAsync(ct);
        }
    }

    public sealed class CurrentUser(IHttpContextAccessor accessor)
    {
        public string Name { get; } = accessor.HttpContext!.Request.Headers["X-User"].ToString();
    }

    public sealed record Transfer(string Account);

    internal sealed class TransferValidator : AbstractValidator<Transfer>
    {
        public TransferValidator(CurrentUser? user = null, Gate? gate = null) => RuleFor(transfer => transfer.Account)
            .MustAsync(async (account, ct) =>
            {
                await gate!.PassAsync(ct);
                return account == user!.Name;
            })
            .WithMessage(_ => $"not {user!.Name}'s");
    }
}
