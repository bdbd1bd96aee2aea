using Endpoints.Testing;

namespace GuardedSite.Tests;

public sealed class GuardTests
{
    [Fact]
    public Task The_guards_are_what_the_lock_says() => GuardMatrix.VerifyAsync<Program>();
}
