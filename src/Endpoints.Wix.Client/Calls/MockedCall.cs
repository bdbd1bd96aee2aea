namespace Endpoints.Wix.Calls;

/// <summary>Provides the exception of clients and modules that were created without a channel, as mocks are.</summary>
internal static class MockedCall
{
    public static InvalidOperationException Refused(object mock) => new(
        $"{mock.GetType().Name} is a mock: it has no identity, and calls nothing. Override the member that the test uses, or take the "
        + "client from the application's services.");
}
