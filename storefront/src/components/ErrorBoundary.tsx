import { Component, type ErrorInfo, type ReactNode } from 'react';
import { ErrorNotice } from './notices';

/** Keeps the rest of the site usable when a page fails to render. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  state = { error: null as unknown };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(error, info.componentStack);
  }

  render() {
    return this.state.error ? (
      <ErrorNotice wholePage error={this.state.error} onRetry={() => location.reload()} />
    ) : (
      this.props.children
    );
  }
}
