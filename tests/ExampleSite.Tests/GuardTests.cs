using Endpoints.Testing;

namespace ExampleSite.Tests;

public sealed class GuardTests
{
    [Fact]
    public Task S01_The_guards_are_what_the_lock_says() => GuardMatrix.VerifyAsync<Program>();
}
