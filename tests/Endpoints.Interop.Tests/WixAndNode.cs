using Endpoints.Interop.Tests.Node;
using Endpoints.Wix.Emulator;

namespace Endpoints.Interop.Tests;

/// <summary>An emulated Wix, and a Node process whose packages take it for Wix. One for each class of tests.</summary>
public sealed class WixAndNode : IAsyncLifetime
{
    internal WixEmulator Wix { get; private set; } = null!;

    internal NodeProcess Node { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Wix = await WixEmulator.StartAsync();
        Node = await NodeProcess.StartAsync(Wix);
    }

    public async Task DisposeAsync()
    {
        await Node.DisposeAsync();
        await Wix.DisposeAsync();
    }
}
